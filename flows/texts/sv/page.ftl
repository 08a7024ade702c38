## Besökarens sida

page-title = Chatt
page-exit = Lämna sidan
page-exit-hint = eller tryck Esc två gånger
page-demo = Demo

page-you = Du
page-bot = Automatiskt svar
page-messages = Meddelanden
page-choices = Välj ett svar
page-write = Skriv här
page-send = Skicka

## Var besökaren är, överst på sidan

page-place-bot = Automatiska svar, ingen läser än
page-place-waiting = Du står i kön till en rådgivare
page-place-talking = Du skriver med { $counsellor }
page-place-closing = Samtalet är slut

page-end = Avsluta samtalet
page-end-cancel = Fortsätt samtalet
page-end-sure = Vill du avsluta samtalet?
page-end-now = Ja, avsluta

## Vad som hänt med det besökaren skrev

page-sending = Skickas
page-retrying = Inte skickat än. Vi försöker igen.
page-sent = Skickat ✓
page-newer = Nytt meddelande
page-writing = { $counsellor } skriver …
page-read = Läst
page-offline = Anslutningen är bruten. Vi försöker igen.

## Utan JavaScript

page-frame-hint = Meddelandena hämtas på nytt var tionde sekund.
page-refresh = Visa det senaste
page-moved-on = Det har hänt något nytt. Visa vad du kan välja nu.

## När allt är borta

page-gone = Allt är raderat
page-gone-words = Inget av det som skrevs här finns kvar. Du kan börja om när du vill.
page-gone-again = Börja om

## När något inte går

page-error-empty = Du har inte skrivit något än.
page-error-long = Det du har skrivit är { $length } tecken långt, och högst { $most } får plats. Dela gärna upp det i flera meddelanden.
page-error-choice = Det valet finns inte. Välj något av det som visas på sidan.
page-error-form = Det som skickades gick inte att läsa. Ladda om sidan och försök igen.
# Sägs också på Telegram, när någon trycker på knappar för fort.
page-error-often = Det kommer många meddelanden på kort tid. Vänta några sekunder och skicka igen.
page-error-erased = Samtalet är raderat, så det här togs inte emot. Du kan börja om när du vill.
page-error-not-kept = Det du skickade kunde inte sparas, och ingen har fått det. Försök igen om en stund, eller ring { $phone }.
# Sägs också på Telegram: högst 200 tecken.
page-error-full = Just nu är det så många här att vi inte kan ta emot det du skickade. Försök igen om en stund, eller ring { $phone }. Är någon i fara: ring 112.
