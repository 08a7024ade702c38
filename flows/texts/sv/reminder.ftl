## Säg till när ni öppnar

# $when är open när det är öppet men ingen är på plats, annars till exempel ”på fredag kl. 08.30”.
reminder-set =
    { $when ->
        [open] Vi skriver till dig här så snart någon är på plats.
       *[other] Vi öppnar { $when }, och skriver till dig här så snart någon är på plats.
    } Det kommer utan ljud, men kan synas på en låst telefon.

    Till dess sparar vi bara att den här chatten vill veta det, låst och inget annat. Efter { $days } dagar glömmer vi det. Startar vår server om innan dess glömmer vi det också, och då kommer inget. Ångrar du dig skriver du /radera och trycker på ”Radera allt nu”.

reminder-open =
    Nu är det öppet här, och du kan skriva med en rådgivare om du vill.

    Vill du inte behöver du inte göra något. Vi hör inte av oss igen.

    Är någon i fara just nu: ring 112.
