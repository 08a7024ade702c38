## Från automatiska svar till en människa

# Först på Telegram. $page är adressen till vår egen chatt.
disclosure-copies =
    Bra. Först något om var du skriver. Telegram vet vilket konto du har, och chatten ligger kvar där tills den raderas.

    Vår chatt på webben är mer privat. Där behövs inget konto:
    { $page }

disclosure =
    { $channel ->
        [telegram] Så här går det till när du skriver med en rådgivare.
       *[other] Bra. Innan du skriver med en rådgivare ska du veta hur det går till.
    }

    Vi sparar inte vem du är. När samtalet är slut förstörs nyckeln till det, och då kan varken vi eller någon som tar vår server läsa det eller se vem som skrev.

    Rådgivaren fyller i ett formulär för statistik, utan namn och utan något som pekar på dig.

    Skriv inte namn eller adresser. Om du berättar vem du eller ett barn är kan rådgivaren bli skyldig att agera, till exempel för att skydda barnet.

    Vill du gå vidare?

disclosure-acute = En rådgivare som tar emot dig ser att något du skrivit kan tyda på akut fara, men inte vad du skrev om du inte själv visar det.

consent-first = Det du skriver läses inte av någon än. Vill du skriva med en rådgivare?

no-human =
    { $hours }

    Du kan ringa { $phone } när telefonen är öppen, eller redan nu se vilken hjälp som finns där du bor.

    Behöver du prata med någon nu svarar Hjälplinjen dygnet runt på 90390. Är du utsatt svarar Kvinnofridslinjen på 116 016.

    Är någon i fara just nu: ring 112.

queue-joined =
    { $channel ->
        [telegram] Tack. Nu står du i kön. Det du skriver medan du väntar sparas till rådgivaren, så att du slipper börja om. Du behöver inte skriva något alls. När rådgivaren skriver kan det låta i telefonen, allt annat kommer tyst.
       *[other] Tack. Nu står du i kön. Det du skriver medan du väntar sparas till rådgivaren, så att du slipper börja om. Du behöver inte skriva något alls.
    }

queue-standing =
    { $ahead ->
        [0] Du är först i kön.
        [one] En person är före dig i kön.
       *[other] { $ahead } personer är före dig i kön.
    } { $minutes ->
        [0] Det finns en ledig rådgivare, så det bör gå fort.
       *[other] Det tar ungefär { $minutes } minuter, kanske mer eller mindre.
    } { $channel ->
        [telegram] Vi skriver här när någon svarar.
       *[other] Låt sidan vara öppen, så ser du när någon svarar.
    }

queue-alone = Just nu är ingen rådgivare på plats. Du är kvar i kön, men vi kan inte säga hur länge det tar. Du kan också ringa { $phone }.

role-ask = Två frågor medan du väntar. Svara bara om du vill. Vad stämmer bäst på dig?

municipality-ask = Vilken kommun bor du i? Då vet rådgivaren vilken hjälp som finns nära dig.

kept-no-place = Det sparas till rådgivaren. Menade du en plats hittar vi den inte; skriv gärna kommunens namn.

intake-thanks = Tack. Rådgivaren får se det du har svarat.

queue-left = Du har lämnat kön, och ingen läser det du skrev. Vill du höra av dig igen gör du det här eller på { $phone }.

handed-back = Rådgivaren behövde lämna över samtalet. Du är tillbaka i kön med din plats kvar, och nästa rådgivare ser det ni har skrivit.

counsellor-lost = Rådgivarens anslutning bröts. Du är tillbaka i kön med din plats kvar, och nästa rådgivare ser det ni har skrivit.

queue-closed = Kön har stängt, och ingen läser det du skrev.

queue-limit =
    { $channel ->
        [telegram] Du har väntat så länge som det går, och vår server glömmer nu samtalet. Här ligger det kvar tills du tar bort chatten. Du är välkommen tillbaka när du vill, här eller på { $phone }.
       *[other] Chatten har varit öppen så länge som den kan vara, och raderas nu. Du är välkommen tillbaka när du vill, här eller på { $phone }.
    }

masked =
    { $channel ->
        [telegram] Något som såg ut som en kontaktuppgift eller ett personnummer har dolts för rådgivaren. Här i chatten står det kvar tills det raderas.
       *[other] Något som såg ut som en kontaktuppgift eller ett personnummer har dolts. Rådgivaren ser det inte.
    }
