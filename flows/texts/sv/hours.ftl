### När chatten och telefonen är öppna.
### $channel är chat eller phone.

hours-channel =
    { $channel ->
        [phone] Telefonen
       *[chat] Chatten
    }

hours-channel-within =
    { $channel ->
        [phone] telefonen
       *[chat] chatten
    }

# $until är till exempel ”kl. 16.00”.
hours-open = { hours-channel } är öppen nu, till { $until }.

hours-open-always = { hours-channel } är alltid öppen.

hours-closed = { hours-channel } är stängd.

# $holiday är till exempel ”juldagen”.
hours-closed-holiday = I dag är det { $holiday }, så { hours-channel-within } är stängd.

# Efter en av de två förra. $moment är till exempel ”på fredag kl. 08.30”.
hours-opens = Den öppnar { $moment }.

hours-opens-unknown = Vi vet ännu inte när den öppnar igen.


## Tidpunkter
## $day är today, tomorrow, soon (inom sex dagar) eller later.
## $weekday är till exempel ”fredag”, $date ”5 januari” eller, ett annat år, ”5 januari 2027”.

# $hour och $minute har två siffror var.
moment-clock = kl. { $hour }.{ $minute }

# Något händer då: ”på fredag kl. 08.30”.
moment-at =
    { $day ->
        [today] i dag { moment-clock }
        [tomorrow] i morgon { moment-clock }
        [soon] på { $weekday } { moment-clock }
       *[later] { $weekday } den { $date } { moment-clock }
    }

# Något varar till dess: ”till fredag kl. 16.00”.
moment-until =
    { $day ->
        [today] { moment-clock }
        [tomorrow] i morgon { moment-clock }
        [soon] { $weekday } { moment-clock }
       *[later] { $weekday } den { $date } { moment-clock }
    }
