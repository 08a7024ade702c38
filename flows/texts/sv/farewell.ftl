## Slutet

goodbye = Samtalet är slut. Tack för att du skrev.

ended-by-silence = Det har varit tyst länge, så samtalet är nu avslutat. Du är välkommen tillbaka när du vill.

ended-by-limit = Samtalet har pågått så länge som det kan, och är nu avslutat. Du är välkommen tillbaka när du vill.

goodbye-agreed = Det här fick du med dig:

helped-ask = Hur känns det nu, jämfört med innan du skrev?

helped-thanks = Tack för svaret. Du kan radera allt nu, eller bara stänga sidan.

helped-worse =
    Tack för att du säger det. Det kan kännas tungt efteråt, och du behöver inte bära det själv.

    Du är välkommen tillbaka hit eller på { $phone }. Hjälplinjen svarar dygnet runt på 90390 och Självmordslinjen på 90101. Är någon i fara just nu: ring 112.

goodbye-traces =
    Om { $minutes } minuter raderas allt här, även om du inte gör något. Skriv av det du vill ha kvar.

    Sidan kan finnas kvar i webbläsarens historik. Ta bort den där om någon annan använder din telefon eller dator.

after-the-end = Samtalet är slut, och ingen läser det du skriver nu. När du har raderat det kan du börja ett nytt. Är någon i fara: ring 112.

erase-ask = Vill du radera allt som har skrivits här? Det går inte att ångra.
