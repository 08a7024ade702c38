## Slutet

goodbye = Samtalet är slut. Tack för att du skrev.

ended-by-silence = Det har varit tyst länge, så samtalet är nu avslutat. Du är välkommen tillbaka när du vill.

ended-by-limit = Samtalet har pågått så länge som det kan, och är nu avslutat. Du är välkommen tillbaka när du vill.

goodbye-agreed = Det här fick du med dig:

helped-ask = Hur känns det nu, jämfört med innan du skrev?

helped-thanks =
    { $channel ->
        [telegram] Tack för svaret. Du kan radera allt nu, eller bara lämna chatten.
       *[other] Tack för svaret. Du kan radera allt nu, eller bara stänga sidan.
    }

helped-worse =
    Tack för att du säger det. Det kan kännas tungt efteråt, och du behöver inte bära det själv.

    Du är välkommen tillbaka hit eller på { $phone }. Hjälplinjen svarar dygnet runt på 90390 och Självmordslinjen på 90101. Är någon i fara just nu: ring 112.

goodbye-traces =
    { $channel ->
        [telegram]
            Om { $minutes } minuter glömmer vår server allt det här, även om du inte gör något. Chatten i Telegram ligger kvar tills den raderas.

            Skriv /radera innan dess, så tar vi bort det vi båda har skrivit i samtalet. Därefter får du ta bort chatten själv: håll fingret på den i Telegrams lista över chattar och välj att radera.
       *[other]
            Om { $minutes } minuter raderas allt här, även om du inte gör något. Skriv av det du vill ha kvar.

            Sidan kan finnas kvar i webbläsarens historik. Ta bort den där om någon annan använder din telefon eller dator.
    }

after-the-end =
    { $channel ->
        [telegram] Samtalet är slut, och ingen läser det du skriver nu. Vill du börja ett nytt kan du radera det här först, eller skriva igen om en stund. Är någon i fara: ring 112.
       *[other] Samtalet är slut, och ingen läser det du skriver nu. När du har raderat det kan du börja ett nytt. Är någon i fara: ring 112.
    }

erase-ask =
    { $channel ->
        [telegram]
            Vill du radera allt som har skrivits i det här samtalet, både ditt och vårt? Det går inte att ångra. Har du bett oss säga till när vi öppnar glömmer vi det också.

            Äldre meddelanden här i chatten tar du bort själv i Telegram.
       *[other] Vill du radera allt som har skrivits här? Det går inte att ångra.
    }
