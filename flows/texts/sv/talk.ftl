## Samtalet

counsellor-here = Nu är { $counsellor } här. Du kan börja var du vill.

still-here = Du skriver med { $counsellor }. Fråga gärna här.

silence-warning =
    { $channel ->
        [telegram] Är du kvar? Ta den tid du behöver. Hörs inget på { $minutes } minuter avslutar vi samtalet.
       *[other] Är du kvar? Ta den tid du behöver. Hörs inget på { $minutes } minuter avslutar vi samtalet, så att inget ligger framme.
    }
