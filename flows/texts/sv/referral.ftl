## Hitta hjälp nära dig

place-ask =
    { $channel ->
        [telegram] Var bor du? Skriv en kommun, en ort eller en stadsdel. Vi sparar inte platsen, men den syns här i chatten.
       *[other] Var bor du? Skriv en kommun, en ort eller en stadsdel. Vi sparar inte platsen.
    }

place-which = Flera platser kan stämma. Vilken menar du?

place-unknown =
    Vi hittar ingen plats som heter så. Skriv gärna kommunens eller länets namn, till exempel Sundsvall eller Skåne.

    Du kan alltid ringa växeln i din kommun och be om socialtjänsten, eller ringa oss på { $phone }.

referral-intro =
    Hjälp i och nära { $place }. Du tar själv kontakt när du vill. Vi bokar ingenting och skickar ingenting.

referral-entry =
    { $name }
    { $description }
    { $who ->
        [none] Fråga dem om det passar dig.
       *[other] För { $who }.
    }
    { $phone ->
        [none] Telefonnumret har vi inte.
       *[other] Telefon: { $phone }
    }{ $url ->
        [none] { "" }
       *[other] { "\u000A" }{ $url }
    }
    { $checked ->
        [none] Vi vet inte när uppgiften senast stämde.
       *[other] Uppgiften är från { $checked } och kan ha ändrats.
    }

# Före en verksamhet som rådgivaren skickar dit den kan synas på en låst telefon.
referral-sent = { $counsellor } skickar en kontakt. Du hör av dig dit själv, om och när du vill.

referral-how = Du behöver inte ha orden klara när du hör av dig. Säg till exempel att du vill ha hjälp att sluta med våld, eller att du är orolig för hur det är hemma.

referral-next =
    { $channel ->
        [telegram] Vi har nu glömt platsen. Vad vill du göra?
       *[other] Platsen är nu glömd. Vad vill du göra?
    }

forgotten = (Det du skrev sparas inte.)
