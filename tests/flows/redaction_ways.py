"""Ways to write what identifies somebody, and what only looks like it: apart from the rules."""

import random
from collections.abc import Callable

Chance = random.Random
Writer = Callable[[Chance], str]

_DIGIT_WORDS = "noll ett två tre fyra fem sex sju åtta nio"
DIGIT_WORDS = _DIGIT_WORDS.split()
_TENS = "_ tio tjugo trettio fyrtio femtio sextio sjuttio åttio nittio"
TENS = _TENS.split()
_TEENS = "tio elva tolv tretton fjorton femton sexton sjutton arton nitton"
TEENS = _TEENS.split()
_FIRST = "anna sara ali fatima erik maja omar linnea johan amina kalle zahra tindra mehmet"
FIRST = _FIRST.split()
_LAST = "lund berg hassan ek nilsson karimi ström demir nowak virtanen"
LAST = _LAST.split()
SCRIPTS = (
    "０１２３４５６７８９",
    "٠١٢٣٤٥٦٧٨٩",
    "۰۱۲۳۴۵۶۷۸۹",
    "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
    "०१२३४५६७८९",
)
INVISIBLE = ("\u200b", "\u2060", "\u00ad", "\ufeff", "\u200d")
FRAMES = (
    "{}",
    "{} ring när du vill",
    "hör av dig på {}",
    "Mannen uppger {} som kontakt",
    "jag heter inget men {} funkar",
    "({})",
    "{}.",
    "hej!\n{}\ntack",
    "ja, {}, precis",
    "vet inte 🙂 {} 🙂 okej",
    "kl 14.30 den 3/4 sa han {} och gick",
    "han är 37 år, hon 35, {} var det",
    "kvinnan vill nås: {}",
    "“{}” skrev han",
)


def figures(chance: Chance, how_many: int) -> str:
    return "".join(chance.choice("0123456789") for _ in range(how_many))


def one(chance: Chance, *ways: str) -> str:
    return chance.choice(ways)


def grouped(number: str, *sizes: int, joint: str) -> str:
    parts, at = [], 0
    for size in sizes:
        parts.append(number[at : at + size])
        at += size
    return joint.join(filter(None, [*parts, number[at:]]))


def disguised(chance: Chance, written: str) -> str:
    way = chance.randrange(9)
    if way == 0:
        return written.translate(str.maketrans("0123456789", chance.choice(SCRIPTS)))
    if way == 1:
        return chance.choice(INVISIBLE).join(written)
    if way == 2:
        return written.replace("-", chance.choice("–—‑−‐"))
    if way == 3:
        return written.replace(" ", chance.choice("\u00a0\u2009\u202f\u3000"))
    if way == 4:
        return "".join(
            letter + "\ufe0f\u20e3" if letter.isdecimal() else letter for letter in written
        )
    return written


def mobile(chance: Chance) -> str:
    return "07" + chance.choice("02369") + figures(chance, 7)


def lettered(chance: Chance, number: str) -> str:
    return number.replace("0", one(chance, "o", "O")).replace("1", one(chance, "i", "I", "l"))


def phone(chance: Chance) -> str:
    number = mobile(chance)
    joint = one(chance, " ", "-", ".", "/", " - ", "  ", "_", "*", " . ", "~", "|")
    inner = one(chance, " ", "-", ".", "")
    country = one(
        chance, "+46", "0046", "+46 ", "+ 46 ", "+46(0)", "+46 (0) ", "+46-", "(+46) ", "00 46 "
    )
    landline = one(chance, "08", "031", "040", "018", "0911", "0455", "054") + figures(chance, 7)
    abroad = one(chance, "+47", "+45", "+358 ", "+49 ", "0047 ", "+963 ", "+1 ", "+90 ", "+252 ")
    ways = (
        number,
        grouped(number, 3, joint=joint),
        grouped(number, 3, 3, 2, joint=joint),
        grouped(number, 3, 2, 2, 3, joint=joint),
        grouped(number, 3, 3, 4, joint=joint),
        grouped(number, 4, 3, 3, joint=joint),
        grouped(number, 4, 2, 2, joint=joint),
        grouped(number, 2, 2, 2, 2, 2, joint=joint),
        f"{number[:3]}{joint}{grouped(number[3:], 3, 2, joint=inner)}",
        f"({number[:3]}) {grouped(number[3:], 3, 2, joint=inner)}",
        one(chance, " ", "-", ".", ", ", "_").join(number),
        country + number[1:],
        country + grouped(number[1:], 2, 3, 2, joint=inner),
        country + grouped(number[1:], 2, joint=joint),
        "46" + number[1:],
        grouped(number[1:], 2, 3, 2, joint=" "),
        number.replace("0", one(chance, "o", "O")),
        lettered(chance, grouped(number, 3, 3, 2, joint=one(chance, " ", "-"))),
        grouped(number, 3, 3, 2, joint=" ").replace("0", "O"),
        grouped(number, 3, 3, 2, joint=one(chance, ", ", "\n", " … ", " • ", "🙂", " , ")),
        f"{number[:3]} och sen {number[3:6]} {number[6:]}",
        f"tel:{number}",
        f"tel.{number[:3]}-{number[3:]}",
        f"nr{number}",
        grouped(landline, 2, 3, 2, joint=" ") if landline[:2] == "08" else landline,
        landline[:3] + "-" + grouped(landline[3:], 2, 2, joint=" "),
        abroad + figures(chance, 3) + inner + figures(chance, 3) + inner + figures(chance, 3),
        f"ring {grouped('7' + figures(chance, 8), 3, 3, joint=' ')[:10]}{one(chance, '1', '7')}",
        figures(chance, 0)
        + chance.choice("23456789")
        + figures(chance, 2)
        + "-"
        + figures(chance, 2)
        + " "
        + one(chance, "11", "57", "93"),
    )
    return disguised(chance, chance.choice(ways))


def pair(two: str) -> str:
    if two[0] == "0":
        return f"{DIGIT_WORDS[0]} {DIGIT_WORDS[int(two[1])]}"
    if two[0] == "1":
        return TEENS[int(two[1])]
    unit = DIGIT_WORDS[int(two[1])] if two[1] != "0" else ""
    return TENS[int(two[0])] + unit


def triple(chance: Chance, three: str) -> str:
    if three[0] == "0":
        return " ".join(DIGIT_WORDS[int(digit)] for digit in three)
    rest = "" if three[1:] == "00" else pair(three[1:]).replace("noll ", "")
    return f"{DIGIT_WORDS[int(three[0])]}hundra{one(chance, '', ' ')}{rest}".strip()


def spoken_phone(chance: Chance) -> str:
    number = mobile(chance)
    joint = one(chance, " ", "-", ", ", ". ", "", " / ")
    singles = joint.join(DIGIT_WORDS[int(digit)] for digit in number)
    pairs = " ".join(pair(number[at : at + 2]) for at in range(0, 10, 2))
    spoken = (
        f"noll {pair(number[1:3])}, {triple(chance, number[3:6])}, "
        f"{pair(number[6:8])} {pair(number[8:])}"
    )
    mixed = "".join(
        f" {DIGIT_WORDS[int(digit)]} " if chance.random() < 0.4 else digit for digit in number
    ).strip()
    bare = joint.join(DIGIT_WORDS[int(digit)] for digit in number[1:])
    ways = (singles, singles.upper(), singles.capitalize(), pairs, spoken, mixed, bare)
    return chance.choice(ways)


def birth(chance: Chance, *, extra: int = 0) -> tuple[str, str, str]:
    year = chance.randint(1930, 2012)
    return str(year), f"{chance.randint(1, 12):02}", f"{chance.randint(1, 28) + extra:02}"


def personnummer(chance: Chance) -> str:
    year, month, day = birth(chance, extra=chance.choice((0, 0, 0, 60)))
    last = figures(chance, 4)
    short = year[2:]
    who = chance.choice((year, short))
    inner = one(chance, "", "", "-", " ", ".", "/")
    joint = one(chance, "-", "-", "", " ", " - ", "+", "--", "_", ".", " / ")
    ways = (
        f"{who}{month}{day}{joint}{last}",
        f"{who}{inner}{month}{inner}{day}{joint or '-'}{last}",
        f"{who} {month} {day} {last[:2]} {last[2:]}",
        " ".join(f"{who}{month}{day}{last}"),
        f"{who}{month}{day} ({last})",
        f"{who}{month}{day}, sista fyra {last}",
        f"{who}{month}{day} sista {last}",
        f"pnr{who}{month}{day}-{last}",
        f"pnr: {who}{month}{day}{joint}{last}",
        f"{int(day) % 60 or 1} {one(chance, 'mars', 'april', 'maj', 'december')} {year}-{last}",
        f"{who}{month}{day}-{last}".replace("0", "o"),
    )
    return disguised(chance, chance.choice(ways))


def reserve_number(chance: Chance) -> str:
    year, month, day = birth(chance)
    who = chance.choice((year, year[2:]))
    letters = one(chance, "T", "TF", "R", "K", "TM", "X", "t", "tf")
    last = letters + figures(chance, 4 - len(letters))
    return disguised(chance, f"{who}{month}{day}{one(chance, '-', '-', '', '+')}{last}")


def name(chance: Chance) -> str:
    first, last = chance.choice(FIRST), chance.choice(LAST)
    return one(
        chance,
        first,
        f"{first}.{last}",
        f"{first}_{last}",
        f"{first}{last}{figures(chance, 2)}",
        f"{first[0]}.{last}",
        f"{first}-{last}",
    )


def mail(chance: Chance) -> str:
    who = name(chance)
    host = one(chance, "gmail", "hotmail", "example", "telia", "mitt-foretag", "outlook", "live")
    top = one(chance, "com", "se", "net", "org", "nu")
    at = one(
        *(chance, "@", "@", " @ ", "(at)", " (at) ", "[at]", " [at] ", "{at}", "(a)", "<at>"),
        *(
            " snabel-a ",
            " snabela ",
            "snabel-a",
            " snabel a ",
            "(snabel-a)",
            "＠",
            "@ ",
            "(@)",
            " at ",
        ),
    )
    dot = one(chance, ".", ".", " punkt ", "(punkt)", " (punkt) ", "[dot]", " dot ", "[.]", " . ")
    if at == " at " and dot == "[.]":
        dot = " dot "
    address = f"{who}{at}{host}{dot}{top}"
    ways = (
        address,
        address,
        address.upper(),
        f"mailto:{who}@{host}.{top}",
        f"{who}@mejl.{host}.{top}",
        f"{who}@gmail",
        f"{who.replace('.', ' punkt ')} snabel-a gmail com",
    )
    return chance.choice(ways)


def url(chance: Chance) -> str:
    top = one(chance, "com", "se", "net", "org", "blogspot.com", "page")
    who = name(chance).replace("-", "")
    site = one(
        chance,
        "facebook.com",
        "instagram.com",
        "linkedin.com/in",
        "tiktok.com",
        "t.me",
        "wa.me",
        "snapchat.com/add",
        "fb.me",
        "youtu.be",
        "linktr.ee",
        "bit.ly",
        "m.facebook.com",
        "flashback.org",
    )
    ways = (
        f"https://{site}/{who}",
        f"http://www.{site}/{who}",
        f"HTTPS://{site.upper()}/{who}",
        f"{site}/{who}",
        f"www.{site}/{who}?a=1",
        f"hxxps://{site}/{who}",
        f"https : // {site}/{who}",
        f"{site.replace('.', '(.)')}/{who}",
        f"{site.split('/')[0].replace('.', ' punkt ')} slash {who}",
        f"t punkt me slash {who}",
        f"www.{who.replace('_', '').replace('.', '')}.{one(chance, 'se', 'nu', 'com', 'blogg.se')}",
        f"{who.replace('_', '').replace('.', '')}sblogg.{top}",
        f"https://discord.gg/{figures(chance, 3)}aBc{figures(chance, 2)}",
    )
    return chance.choice(ways)


def handle(chance: Chance) -> str:
    first, last = chance.choice(FIRST), chance.choice(LAST)
    profile = one(
        chance,
        f"{first}_{figures(chance, 2)}",
        f"{first}{figures(chance, 3)}",
        f"{first}.{last}{figures(chance, 1)}",
        f"_{first}_{last}",
        f"{first}_{last}",
        f"x{first}{figures(chance, 2)}x",
        f"{first}{last}_",
    )
    platform = one(
        chance,
        "insta",
        "snap",
        "tiktok",
        "kik",
        "telegram",
        "discord",
        "ig",
        "snapchat",
        "instagram",
    )
    ways = (
        f"@{first}{last}",
        f"@{profile}",
        f"＠{profile}",
        f"jag heter {profile} på {platform}",
        f"finns som {profile} på {platform}",
        f"{platform}: {profile}",
        f"{platform}:{profile}",
        f"{platform} {profile}",
        f"{platform} - {profile}",
        f"{platform} = {profile}",
        f"min {platform} är {profile}",
        f"min {platform} e {profile}",
        f"mitt {platform} heter {profile}",
        f"{profile} på {platform}",
        f"{platform}: {first}{last}",
        f"jag heter {first}{last} på {platform}" if platform != "telegram" else f"@{first}{last}",
        f"mitt användarnamn är {profile}",
        f"adda mig på {platform}, {profile}",
        f"{first}#{figures(chance, 4)}",
        f"u/{profile}",
    )
    return chance.choice(ways)


def plate(chance: Chance) -> str:
    letters = "".join(chance.choice("ABCDEFGHJKLMNOPRSTUWXYZ") for _ in range(3))
    digits = figures(chance, 2) + chance.choice("0123456789ABCDEFGHJKLMNPRSTUWXYZ")
    ways = (
        f"{letters} {digits}",
        f"{letters}{digits}",
        f"{letters}-{digits}",
        f"{letters.lower()}{digits.lower()}",
        f"regnr {letters.lower()} {digits.lower()}",
        f"reg.nr {letters} {digits}",
        f"registreringsnummer {letters.lower()}{digits.lower()}",
        f"bilen har {letters.lower()} {digits.lower()}",
        f"regnr: {' '.join(letters + digits)}",
        f"en vit volvo, {letters} {digits}",
    )
    return disguised(chance, chance.choice(ways))


COUNTRIES = {"SE": 22, "NO": 13, "DK": 16, "FI": 16, "DE": 20, "PL": 26}


def iban(chance: Chance) -> str:
    country = chance.choice(list(COUNTRIES))
    number = country + figures(chance, COUNTRIES[country])
    fours = [number[at : at + 4] for at in range(0, len(number), 4)]
    ways = (
        number,
        number.lower(),
        *(joint.join(fours) for joint in (" ", "-", ".", "  ")),
        " ".join(fours).lower(),
        f"IBAN {' '.join(fours)}",
        f"iban:{number.lower()}",
        f"GB{figures(chance, 2)} NWBK {grouped(figures(chance, 14), 4, 4, 4, joint=' ')}",
    )
    return disguised(chance, chance.choice(ways))


def giro(chance: Chance) -> str:
    word = one(chance, "bankgiro", "bg", "BG", "Bankgiro", "bankgironummer", "bankgirot")
    plus = one(chance, "plusgiro", "pg", "PG", "postgiro", "plusgironummer")
    seven, eight = "5" + figures(chance, 6), "5" + figures(chance, 7)
    between = one(chance, " ", ": ", " nr ", ":", " är ")
    ways = (
        f"{word}{between}{seven[:3]}-{seven[3:]}",
        f"{word}{between}{eight[:4]}-{eight[4:]}",
        f"{word}{between}{eight}",
        f"{word}{between}{eight[:4]} {eight[4:]}",
        f"{seven[:3]}-{seven[3:]}",
        f"{eight[:4]}-{eight[4:]}",
        f"{plus}{between}{seven[:6]}-{seven[6]}",
        f"{plus}{between}{seven[:2]} {seven[2:4]} {seven[4:6]}-{seven[6]}",
        f"{plus}{between}{eight[:1]} {eight[1:3]} {eight[3:5]}-{eight[5]}",
        f"{plus}{between}{seven[:4]}-{seven[4]}",
        f"{seven[:2]} {seven[2:4]} {seven[4:6]}-{seven[6]}",
        f"konto {figures(chance, 4)}-1, {grouped(figures(chance, 9), 3, 3, joint=' ')}",
        f"kontonummer {figures(chance, 4)} {figures(chance, 2)} {figures(chance, 5)}",
    )
    return disguised(chance, chance.choice(ways))


WAYS: dict[str, tuple[Writer, frozenset[str]]] = {
    "phone": (phone, frozenset({"phone", "personnummer"})),
    "spoken phone": (spoken_phone, frozenset({"phone", "personnummer"})),
    "personnummer": (personnummer, frozenset({"personnummer", "phone"})),
    "reserve number": (reserve_number, frozenset({"personnummer"})),
    "mail": (mail, frozenset({"mail", "url"})),
    "url": (url, frozenset({"url"})),
    "handle": (handle, frozenset({"handle"})),
    "plate": (plate, frozenset({"plate"})),
    "iban": (iban, frozenset({"iban"})),
    "giro": (giro, frozenset({"account", "phone", "personnummer"})),
}


def written(chance: Chance, write: Writer) -> str:
    """One identifier in one frame."""
    return chance.choice(FRAMES).format(write(chance))
