## De första orden, menyn och de enkla frågorna

greeting =
    Hej. Det är bra att du hör av dig. Det här är ett automatiskt svar, men det är en människa du får skriva med. Du behöver inte säga vem du är.

    { $name } är till för dig som gör någon närstående illa, eller är rädd att du ska göra det. Du som är utsatt, anhörig eller möter våld i ditt arbete är lika välkommen.

    Är någon i fara just nu: ring 112.

    { $hours } Vi finns också på telefon, { $phone }.

restarted =
    { $channel ->
        [telegram] Vår server har startat om och har glömt det som var öppet då. Här ligger det kvar tills du tar bort chatten. Skrev du med oss nyss får du gärna börja igen.
       *[other] Vår server har startat om, och det som var öppet då är borta. Inget av det sparades. Skrev du med oss nyss får du gärna börja igen.
    }

menu = Vad vill du göra?

words-open =
    Tack för att du skriver. Ingen har läst det än.

    Vill du skriva med en rådgivare? Då får du först veta hur det går till, och du väljer själv om rådgivaren ska få läsa det du redan har skrivit.

words-closed =
    Tack för att du skriver. Ingen har läst det. { $hours }

    Du kan ringa { $phone } när telefonen är öppen, eller redan nu se vilken hjälp som finns där du bor. Hjälplinjen svarar dygnet runt på 90390.

    Är någon i fara just nu: ring 112.

# Läggs till efter chattens öppettider.
nobody-here = Ingen rådgivare är på plats just nu, så försök gärna igen om en stund.

hours =
    { $hours }

    { $phone_hours } Numret är { $phone }. Det kostar inget att ringa, och du behöver inte säga vem du är.

    Är någon i fara just nu: ring 112.

violence =
    Många undrar samma sak, och det är bra att du frågar dig det. Våld är mer än slag.

    Det kan vara att hota, skrämma, kränka eller kontrollera. Att hålla fast, knuffa eller slå. Att tvinga till sex. Att slå sönder saker. Att bestämma över den andras pengar. Att inte ge någon den vård eller omsorg som hen behöver.

    Ett tecken är att den andra blir rädd, eller anpassar sig för att du inte ska bli arg. Ett annat är att det är du som är rädd och anpassar dig.

    Det är aldrig okej, och det går att sluta. Du kan prata om det utan att någon dömer dig.

privacy =
    Vi sparar inte vem du är. När samtalet är slut förstörs nyckeln till det. Sedan kan varken vi eller någon som tar vår server läsa det eller se vem som skrev.

    Medan samtalet pågår finns det låst på vår server, och nyckeln med. Rådgivaren läser bara det du har sagt ja till.

    Efteråt finns bara ett formulär utan namn, som vi räknar statistik på.

    { $channel ->
        [telegram]
            Telegram vet vilket konto du har, och chatten ligger kvar där och i din telefon tills den raderas.

            Så länge samtalet är öppet kan du skriva /radera, så tar vi bort det vi båda har skrivit i det. Hos de automatiska svaren är det öppet i högst { $minutes } minuter efter det sista du skrev. Det som är äldre tar du själv bort i Telegram.

            Ber du oss säga till när vi öppnar sparar vi bara att den här chatten vill det, låst.

            Vår chatt på webben är mer privat. Där behövs inget konto:
            { $page }
       *[other] Någon som har din telefon eller dator kan se att du har varit på sidan. Du kan när som helst radera allt här, och knappen ”Lämna sidan” tömmer den direkt.
    }

unsupported =
    { $channel ->
        [telegram] Här kan vi bara ta emot ord som du själv skriver. Bilder, ljud, filer, vidarebefordrade meddelanden och annat läses inte och sparas inte, och vi tar bort det ur chatten. Skriv gärna i stället.
       *[other] Här kan vi bara ta emot ord. Bilder, ljud och filer läses inte och sparas inte. Skriv gärna i stället.
    }

too-often = Det senaste du skickade togs inte emot, för det kom så mycket på en gång. Vänta några sekunder och skicka det igen.

masked-kept =
    { $channel ->
        [telegram] Något som såg ut som en kontaktuppgift eller ett personnummer sparas inte hos oss. Här i chatten står det kvar tills det raderas.
       *[other] Något som såg ut som en kontaktuppgift eller ett personnummer har dolts, så att det inte sparas.
    }

## Målgrupper, som de står i en hänvisning

audience-uses_violence = dig som använder våld
audience-exposed = dig som är utsatt
audience-children = barn
audience-relatives = anhöriga
audience-professionals = yrkesverksamma
audience-everyone = alla
