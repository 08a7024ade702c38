## Bara på Telegram

# Det som syns innan någon har skrivit till oss, också för den som lånar telefonen.
telegram-name = Chatt
telegram-about = Skriv med en människa, utan att säga vem du är. Är någon i fara just nu: ring 112.
telegram-description =
    Välkommen. Här får du först automatiska svar. När chatten är öppen kan du skriva med en rådgivare. Du behöver inte säga vem du är.

    Telegram vet vilket konto du har, och det som skrivs ligger kvar i chatten tills det raderas. Med /radera tar vi bort det, så länge samtalet är öppet: hos de automatiska svaren högst en halvtimme efter det sista du skrev. Det som är äldre tar du själv bort.

    Är någon i fara just nu: ring 112.

## Kommandona i Telegrams lista

command-meny = Visa vad du kan välja
command-hitta = Hitta hjälp nära dig
command-oppet = Öppettider och telefon
command-avsluta = Avsluta samtalet eller lämna kön
command-radera = Radera det här samtalet

## Runt det som sägs

# $commands är alla kommandon i listan.
mistyped = Det kommandot finns inte, så ingen läser det. De som finns är { $commands }.

# Före ett meddelande som skickas en gång till, när vi inte vet om det kom fram.
sent-again = Det här kan du redan ha fått:

# Visas en kort stund när någon trycker på en knapp som inte gäller längre.
button-old = Den knappen gäller inte längre.

# Högst 200 tecken.
erasing-toast = Vi raderar nu. Ligger något kvar om en stund får du ta bort chatten själv.
