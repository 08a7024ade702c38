## Till personalens egen chatt. Aldrig något om vem som väntar.

staff-waiting = { $n } väntar, { $minutes } min
staff-nobody = Ingen väntar
