## Knapparna

button-talk = Skriv med en rådgivare
button-places = Hitta hjälp nära dig
button-hours = Öppettider och telefon
button-violence = Är det här våld?
button-privacy = Så skyddar vi dig
button-remind = Säg till när ni öppnar
button-erase =
    { $channel ->
        [telegram] Radera det här samtalet
       *[other] Radera den här chatten
    }
button-erase-now = Radera allt nu
button-keep = Nej, behåll
button-menu = Till menyn
button-yes = Ja, jag vill skriva med en rådgivare
button-yes-with-words = Ja, och visa det jag redan har skrivit
button-yes-without-words = Ja, men börja utan det
button-skip = Hoppa över
button-leave-queue = Lämna kön
button-place = { $name }
button-other-place = En annan plats
button-more = Visa fler

button-role-uses_violence = Jag har använt våld
button-role-risks_violence = Jag är rädd att jag ska göra det
button-role-exposed = Jag är utsatt
button-role-relative = Jag är nära någon det gäller
button-role-professional = Jag möter det i mitt arbete

button-helped-better = Det känns bättre
button-helped-same = Ungefär som förut
button-helped-worse = Det känns sämre
button-helped-no_answer = Vill inte svara
