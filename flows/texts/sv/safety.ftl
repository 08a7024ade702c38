## Akut fara. Rätt nummer först.

acute-other = Ring 112 om någon är i fara nu. Gå därifrån om du kan, eller till ett annat rum, tills det har lugnat sig.

acute-self = Ring 112 om ditt eller någon annans liv är i fara nu. Du kan också ringa Självmordslinjen på 90101 eller Hjälplinjen på 90390, dygnet runt. Det är bra att du berättar hur det är.

acute-child = Ring 112 om ett barn är i fara nu eller behöver vård. Är du rädd för vad du kan göra: lägg barnet på en trygg plats och gå ut ur rummet. Barn och unga kan själva ringa Bris på 116 111.
