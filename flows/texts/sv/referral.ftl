## Hitta hjälp nära dig

place-ask =
    { $channel ->
        [telegram] Var bor du? Skriv en kommun, en ort eller en stadsdel. Vi sparar inte platsen, men den syns här i chatten.
       *[other] Var bor du? Skriv en kommun, en ort eller en stadsdel. Vi sparar inte platsen.
    }

place-which = Flera platser kan stämma. Vilken menar du?

place-sure = Menar du { $place }?

# ”Årsta i Stockholm (Enskede-Årsta-Vantör)”: det som skrevs, kommunen och ibland stadsdelsområdet.
place-part =
    { $part } { $on ->
        [1] på
       *[0] i
    } { $municipality }{ $district ->
        [none] { "" }
       *[other] { " " }({ $district })
    }

# Småland, Lappland, Norrland.
place-counties = Det ligger i flera län. Vilket bor du i? Du kan också skriva kommunens namn.

place-postcode = Postnummer känner vi tyvärr inte till. Skriv gärna kommunens namn, eller välj ditt län här.

place-unknown =
    Vi förstod inte vilken plats du menar. Skriv gärna kommunens namn, eller välj ditt län här.

    Du kan alltid ringa växeln i din kommun och be om socialtjänsten, eller ringa oss på { $phone }.

referral-intro =
    Hjälp i och nära { $place }. Du tar själv kontakt när du vill. Vi bokar ingenting och skickar ingenting.

# Före fler verksamheter: deras namn ska inte stå först i det som kan synas på en låst telefon.
referral-more = Här är några till. Du tar själv kontakt, om och när du vill. Vi bokar ingenting.

referral-entry =
    { $name }
    { $description }
    { $who ->
        [none] Fråga dem om det passar dig.
       *[other] För { $who }.
    }
    { $terms ->
        [none] { "" }
       *[other] { $terms }{ "\u000A" }
    }{ $phone ->
        [none] Telefonnumret har vi inte.{ "\u000A" }
        [ask] Ring växeln i din kommun och be om { $name }.{ "\u000A" }
        [chat] { "" }
        [described] { "" }
        [switchboard] Ring växeln i din kommun och be om socialtjänsten, våld i nära relationer.{ "\u000A" }
       *[other] Telefon: { $phone }{ "\u000A" }
    }{ $open ->
        [yes] Öppet nu ({ $hours }).{ "\u000A" }
        [no] Stängt nu (öppet { $hours }).{ "\u000A" }
        [unsure] Öppet { $hours }.{ "\u000A" }
       *[none] { "" }
    }{ $url ->
        [none] { "" }
       *[other] { $url }{ "\u000A" }
    }{ $age ->
        [verified] Kontrollerad { $checked }.
        [recent] Uppgiften är från { $checked } och kan ha ändrats.
        [dated] Uppgiften är från { $checked } och kan ha ändrats.
        [lasting] Socialtjänst finns i alla kommuner.
        [old] Uppgiften är gammal, från { $checked }. Den kan ha ändrats.
       *[unknown] Vi vet inte när uppgiften senast stämde.
    }

# I en lista: det viktigaste på några få rader. Tomma rader skiljer verksamheterna åt.
referral-short =
    { $name }
    { $description }{ $who ->
        [none] { "" }
       *[other] { "\u000A" }För { $who }.
    }{ $away ->
        [none] { $places ->
            [none] { "" }
           *[other] { "\u000A" }För den som bor i { $places }.
        }
       *[other] { "\u000A" }I { $away ->
            [next] en grannkommun
           *[farther] en annan kommun
        }{ $mil ->
            [0] { "" }
            [6] , mer än 5 mil bort
           *[other] , ungefär { $mil } mil bort
        }. För den som bor i { $places }; fråga om du kan få komma.
    }{ $terms ->
        [none] { "" }
       *[other] { "\u000A" }{ $terms }
    }{ $phone ->
        [none] { "\u000A" }Telefonnumret har vi inte.
        [ask] { "\u000A" }Ring växeln i din kommun och be om { $name }.
        [chat] { "" }
        [described] { "" }
        [switchboard] { "\u000A" }Ring växeln i din kommun och be om socialtjänsten, våld i nära relationer.
       *[other] { "\u000A" }Telefon: { $phone }
    }{ $open ->
        [yes] { "\u000A" }Öppet nu ({ $hours }).
        [no] { "\u000A" }Stängt nu (öppet { $hours }).
        [unsure] { "\u000A" }Öppet { $hours }.
       *[none] { "" }
    }{ $url ->
        [none] { "" }
       *[other] { "\u000A" }{ $url }
    }{ $age ->
        [old] { "\u000A" }Uppgiften är gammal, från { $checked }. Den kan ha ändrats.
        [dated] { "\u000A" }Uppgiften är från { $checked } och kan ha ändrats.
        [unknown] { "\u000A" }Vi vet inte när uppgiften senast stämde.
       *[other] { "" }
    }

terms-men = Tar emot män.
terms-women = Tar emot kvinnor.
terms-free = Kostar inget.
terms-anonymous = Där behöver du inte säga vem du är.
terms-decision = Socialtjänsten behöver besluta först.

# Före en verksamhet som rådgivaren skickar dit den kan synas på en låst telefon.
referral-sent = { $counsellor } skickar en kontakt. Du hör av dig dit själv, om och när du vill.

# När ett helt län är valt.
referral-county = Skriver du kommunens namn ser du vad som finns just där. Du kan också ringa växeln i din kommun och be om socialtjänsten, våld i nära relationer.

referral-how = Du behöver inte ha orden klara när du hör av dig. Säg till exempel att du vill ha hjälp att sluta med våld, eller att du är orolig för hur det är hemma.

# När ingen rådgivare är på plats.
referral-us = Oss når du på { $phone }. { $phone_hours }

referral-next =
    { $channel ->
        [telegram] Vi har nu glömt platsen. Vad vill du göra?
       *[other] Platsen är nu glömd. Vad vill du göra?
    }

# Så länge fler kan visas vet knappen vilken plats det gäller.
referral-next-more = Det finns fler. Vi sparar inte platsen. Vad vill du göra?

forgotten = (Det du skrev sparas inte.)
