## Det rådgivaren läser vid skrivbordet

answer-full = Du har redan { $most } samtal. Avsluta eller lämna tillbaka ett först.
answer-yours = Du har redan det här samtalet.
answer-already-with = { $counsellor } har redan det här samtalet.
answer-not-talking = Du har inte det här samtalet. Det kan vara avslutat eller tillbaka i kön, eller så har besökaren gått.
answer-no-such-service = Verksamheten finns inte längre i katalogen.
answer-nobody-waits = Ingen väntar just nu.
answer-no-such-form = Formuläret finns inte längre. Det är redan inlämnat eller har gått ut.

note-masked = En kontaktuppgift eller ett personnummer doldes i besökarens text. Besökaren har fått veta det.
note-unsupported = Besökaren skickade något som inte är text, eller vidarebefordrade något. Det lästes inte, och besökaren har fått veta det.
note-too-often = Besökaren skrev snabbare än vi kan ta emot. Något kom inte fram, och besökaren har fått veta det.
note-acute = Texten kan tyda på akut fara. Besökaren har fått numret 112.
note-silence = Det har varit tyst länge. Besökaren har fått en påminnelse.
note-ended = Samtalet är slut.
