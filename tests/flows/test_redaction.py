"""Every way to write an identifier is found, and what only looks like one is left alone.

The ways are built here from their own alphabet, apart from the rules, with a fixed seed.
"""

import random
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from flows.redaction import MASKS, Finding, Kind, find, mask
from flows.redaction_public import PUBLIC_LINES
from tests.effort import least_effort

PER_KIND = 400
HARMLESS = Path(__file__).parent / "harmless.txt"
FRAMES = (
    "{}",
    "ring mig på {} ikväll",
    "jag heter inget men {} går bra",
    "({})",
    "Hej! {}.",
    "vad tror du? {}, eller",
    "🙂 {} 🙂",
    "مرحبا {} شكرا",
    "rad ett\n{}\nrad tre",
)
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
WORDS = ("noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio")


def seeded(name: str) -> random.Random:
    return random.Random(name)


def digits(chance: random.Random, how_many: int) -> str:
    return "".join(chance.choice("0123456789") for _ in range(how_many))


def disguised(chance: random.Random, written: str) -> str:
    ways: tuple[Callable[[str], str], ...] = (
        str,
        str,
        lambda text: text.translate(FULL_WIDTH),
        lambda text: text.translate(ARABIC),
        lambda text: text.replace("-", chance.choice("–—‑−")),
        lambda text: text.replace(" ", "\u00a0"),
        "\u200b".join,
    )
    return chance.choice(ways)(written)


def phone(chance: random.Random) -> str:
    prefix = chance.choice(("70", "72", "73", "76", "79"))
    rest = chance.choice("123456789") + digits(chance, 6)
    cut = f"{rest[:3]} {rest[3:5]} {rest[5:]}"
    ways = (
        f"0{prefix}{rest}",
        f"0{prefix}-{cut}",
        f"0{prefix} {cut}",
        f"0{prefix}-{rest}",
        f"0{prefix}.{cut.replace(' ', '.')}",
        f"0{prefix}/{cut}",
        f"0{prefix} - {cut}",
        f"+46{prefix}{rest}",
        f"+46 {prefix} {cut}",
        f"+46 (0){prefix}-{cut}",
        f"0046{prefix}{rest}",
        f"46 {prefix} {cut}",
        " ".join(f"0{prefix}{rest}"),
        "-".join(f"0{prefix}{rest}"),
        f"08-{rest[:3]} {rest[3:5]} {rest[5:]}",
        f"(08) {cut}",
        f"031-{rest}",
        f"{rest[:3]} {rest[3:5]} {rest[5:]}",
    )
    return disguised(chance, chance.choice(ways))


def spoken_phone(chance: random.Random) -> str:
    joint = chance.choice((" ", " ", "-", ", ", ""))
    return joint.join(
        WORDS[int(digit)] for digit in "07" + chance.choice("02369") + digits(chance, 7)
    )


def personnummer(chance: random.Random) -> str:
    year = chance.randint(1930, 2009)
    month = f"{chance.randint(1, 12):02}"
    day = f"{chance.randint(1, 28) + chance.choice((0, 0, 60)):02}"
    last = digits(chance, 4)
    short = f"{year % 100:02}"
    ways = (
        f"{year}{month}{day}-{last}",
        f"{year}{month}{day}{last}",
        f"{year}{month}{day} {last}",
        f"{year}-{month}-{day}-{last}",
        f"{year}-{month}-{day} {last}",
        f"{year} {month} {day} {last}",
        f"{year}.{month}.{day}-{last}",
        f"{year}/{month}/{day}-{last}",
        f"{short}{month}{day}-{last}",
        f"{short}{month}{day}+{last}",
        f"{short}{month}{day} {last}",
        f"{short}{month}{day} - {last}",
        f"{short} {month} {day} - {last}",
        " ".join(f"{year}{month}{day}{last}"),
        f"{short if year < 2000 else year}{month}{day}{last}",
    )
    return disguised(chance, chance.choice(ways))


def mail(chance: random.Random) -> str:
    name = chance.choice(("anna", "bo.ek", "k_lind", "åsa-m", "x+y", "maja92"))
    host = chance.choice(("gmail", "hotmail", "example", "telia", "mitt-foretag"))
    top = chance.choice(("com", "se", "net", "org"))
    ways = (
        f"{name}@{host}.{top}",
        f"{name}@{host}.{top}".upper(),
        f"{name}＠{host}.{top}",
        f"{name} @ {host}.{top}",
        f"{name}(at){host}.{top}",
        f"{name} (at) {host} (punkt) {top}",
        f"{name}[at]{host}[dot]{top}",
        f"{name} snabel-a {host} punkt {top}",
        f"{name} snabela {host}.{top}",
        f"{name} snabel a {host} punkt {top}",
        f"{name} at {host} dot {top}",
        f"{name}@mejl.{host}.{top}",
        f"{name}@{host}",
    )
    return chance.choice(ways)


def url(chance: random.Random) -> str:
    name = chance.choice(("anna", "bo.ek92", "klara_l", "maja-92"))
    ways = (
        f"https://www.facebook.com/{name}",
        f"http://example.com/{name}?a=1&b=2",
        f"facebook.com/{name}",
        f"instagram.com/{name}/",
        f"www.{name.replace('_', '-')}.se",
        f"t.me/{name}",
        f"https://t.me/{name}",
        f"T.ME/{name}",
        "t punkt me slash anna",
        f"snapchat.com/add/{name}",
        f"linkedin.com/in/{name}",
        f"https://wa.me/4670{digits(chance, 7)}",
        "annasblogg.com",
        f"youtu.be/{name}",
    )
    return chance.choice(ways)


def handle(chance: random.Random) -> str:
    name = chance.choice(("anna", "bo.ek", "_klara", "maja_92", "Åsa.L", "ali88"))
    ways = (
        f"@{name}",
        f"＠{name}",
        f"insta @{name}",
        f"insta: {name.lower()}_{digits(chance, 2)}",
        f"min snap är anna{digits(chance, 3)}",
        f"snapchat anna.{digits(chance, 2)}x",
        f"telegram @{name}",
        f"Anna#{digits(chance, 4)}",
    )
    return chance.choice(ways)


WAYS: dict[str, tuple[Callable[[random.Random], str], tuple[Kind, ...]]] = {
    "phone": (phone, ("phone",)),
    "spoken phone": (spoken_phone, ("phone", "personnummer")),
    "personnummer": (personnummer, ("personnummer",)),
    "mail": (mail, ("mail",)),
    "url": (url, ("url",)),
    "handle": (handle, ("handle",)),
}


@pytest.mark.parametrize("name", WAYS)
def test_every_way_to_write_it_is_found(name: str) -> None:
    write, kinds = WAYS[name]
    chance = seeded(name)
    missed = []
    for _ in range(PER_KIND):
        written = chance.choice(FRAMES).format(write(chance))
        if not {finding.kind for finding in find(written)} & set(kinds):
            missed.append(written)
    assert missed == []


def harmless() -> Iterator[str]:
    lines = HARMLESS.read_text(encoding="utf-8").splitlines()
    yield from (line for line in lines if line and not line.startswith("#"))
    chance = seeded("harmless")
    for _ in range(200):
        year, month, day = chance.randint(1950, 2029), chance.randint(1, 12), chance.randint(1, 28)
        hour, amount = chance.randint(8, 16), chance.randint(1, 999)
        yield chance.choice(
            (
                f"mötet är {year}-{month:02}-{day:02}",
                f"mötet är {year}-{month:02}-{day:02} {hour:02}:30",
                f"den {day}/{month} {year} kl {hour}.15",
                f"{year}{month:02}{day:02} hände det",
                f"{day:02}.{month:02}.{year}",
                f"mellan {year} och {year + 3}, alltså {year}-{year + 3}",
                f"öppet {hour:02}.00-{hour + 2:02}.30",
                f"öppet {hour:02}:00 - {hour + 2:02}:30",
                f"det kostade {amount} 000 000 kr",
                f"skulden är {amount} 500 000",
                f"jag är skyldig {amount}0000 kronor",
                f"ring 020-{amount:03} {chance.randint(100, 999)}",
                f"ring {chance.choice(('112', '114 14', '116 016', '1177', '90 101', '90390'))}",
                f"{amount}000000 steg",
                f"från {year}-{month:02}-{day:02} - {year}-{month:02}-{day:02}",
            )
        )


def test_what_only_looks_like_an_identifier_is_left_alone() -> None:
    texts = list(harmless())
    wrong = [text for text in texts if find(text)]
    assert len(texts) >= 300
    assert len(wrong) <= len(texts) * 0.02, wrong


@pytest.mark.parametrize("line", PUBLIC_LINES)
@pytest.mark.parametrize("joint", ["", " ", "-"])
def test_a_public_line_is_never_masked(line: str, joint: str) -> None:
    assert find(f"ring {line[:3]}{joint}{line[3:]}".strip(" -")) == ()


@pytest.mark.parametrize(
    "line",
    [
        *("+46 771 11 77 00", "0771-800 650", "0770-55 00 10", "0200-239 500", "0202-90390"),
        *("020-66 77 88", "+46 8 702 16 80", "+46 (0)8-30 30 20", "0046 20 555 666", "114 14"),
        *("1177 020-555 666", "info@bris.example www.1177.se"[18:], "https://www.1177.se/barn"),
        *("info@valjattsluta.se", "valjattsluta.se"),
    ],
)
def test_public_lines_may_be_written_in_any_way(line: str) -> None:
    assert find(line) == ()


@pytest.mark.parametrize(
    ("text", "found", "kind"),
    [
        ("ring mig på 070-123 45 67 tack", "070-123 45 67", "phone"),
        ("0701234567", "0701234567", "phone"),
        ("(+46 70 123 45 67)", "+46 70 123 45 67", "phone"),
        ("skriv till anna.svensson@example.com.", "anna.svensson@example.com", "mail"),
        ("min insta är @anna_s!", "@anna_s", "handle"),
        ("min insta är anna_s", "anna_s", "handle"),
        ("jag heter anna_s på snap", "anna_s", "handle"),
        ("snap kalleanka", "kalleanka", "handle"),
        ("ok! min insta lisaberga, hör av dig", "lisaberga", "handle"),
        ("o7o-i23 45 67", "o7o-i23 45 67", "phone"),
        ("+46 7o i23 45 67", "+46 7o i23 45 67", "phone"),
        (
            "sju noll ett två tre fyra fem sex sju",
            "sju noll ett två tre fyra fem sex sju",
            "phone",
        ),
        ("anna punkt ek snabel-a gmail com", "anna punkt ek snabel-a gmail com", "mail"),
        ("mellan 2019 (2018) och 0701234567", "0701234567", "phone"),
        ("t.me/anna", "t.me/anna", "url"),
        ("se (https://example.com/anna), hej", "https://example.com/anna", "url"),
        ("19850412-1234", "19850412-1234", "personnummer"),
        ("jag är 850412 1234 alltså", "850412 1234", "personnummer"),
        ("born 070123-4567", "070123-4567", "personnummer"),
        ("👨‍👩‍👧 070-123 45 67 👍🏽", "070-123 45 67", "phone"),
        ("\u200f\u202e0701234567\u202c", "0701234567", "phone"),
        ("cafe\u0301 och å 0701234567", "0701234567", "phone"),
        ("0\u200b7\u200b01234567\u200b!", "0\u200b7\u200b01234567", "phone"),
        ("skriv @ann\u0061\u030a nu", "@ann\u0061\u030a", "handle"),
        (
            "noll sju noll, ett två tre fyra fem sex sju tack",
            "noll sju noll, ett två tre fyra fem sex sju",
            "phone",
        ),
        (
            "på noll sjutio, ett två tre, fyrtiofem sextiosju",
            "noll sjutio, ett två tre, fyrtiofem sextiosju",
            "phone",
        ),
        (
            "noll sju noll tolv trettio fyrtiofem elva",
            "noll sju noll tolv trettio fyrtiofem elva",
            "phone",
        ),
        ("kl 19.00 på 0701234567 den 2026-11-21", "0701234567", "phone"),
        ("ﷺ 0701234567", "0701234567", "phone"),
    ],
)
def test_the_span_is_exactly_the_identifier(text: str, found: str, kind: Kind) -> None:
    start = text.index(found)
    assert find(text) == (Finding(start, start + len(found), kind, "block"),)


def test_a_masked_text_keeps_all_other_words() -> None:
    text = "Jag är Anna, 850412-1234. Ring 0701234567 eller skriv till a@b.se, @anna, t.me/anna"
    masked, findings = mask(text)
    assert masked == (
        "Jag är Anna, [personnummer]. Ring [telefonnummer] eller skriv till "
        "[mejladress], [användarnamn], [länk]"
    )
    assert [finding.kind for finding in findings] == [
        *("personnummer", "phone", "mail", "handle", "url"),
    ]


def test_a_text_without_identifiers_is_unchanged() -> None:
    text = "Jag bråkade med min fru i går\n\n🙂 \u200f"
    assert mask(text) == (text, ())


def test_masking_twice_masks_nothing_more() -> None:
    chance = seeded("twice")
    for write, _ in WAYS.values():
        once, _ = mask(f"hej {write(chance)} hej")
        assert mask(once) == (once, ())


def test_findings_are_sorted_and_never_overlap() -> None:
    chance = seeded("overlap")
    for _ in range(300):
        parts = [write(chance) for write, _ in WAYS.values()]
        chance.shuffle(parts)
        findings = find(chance.choice((" ", ", ", "", "/")).join(parts))
        assert all(finding.start < finding.end for finding in findings)
        assert all(a.end <= b.start for a, b in pairwise(findings))


def test_every_kind_has_a_word_in_brackets() -> None:
    assert all(word[0] == "[" and word[-1] == "]" for word in MASKS.values())


@pytest.mark.parametrize(
    "piece",
    [
        *("a", "1", "1 ", "0701234567 ", "1 000 ", "a.", "@", "a@", "noll ", "1985-", "-", "( "),
        *("ﷺ", "ä", "insta ", "dnr 1 ", "www.", "a at ", "a . ", "+46", "112 ", "\u200b", "\x00"),
        "mejla anna@example.com eller ring 070-123 45 67 senast 2026-11-21 ",
    ],
)
def test_eight_thousand_characters_take_no_long_time(piece: str) -> None:
    text = (piece * 8_000)[:8_000]
    assert least_effort(lambda: find(text)) < 0.5, "bounded, with room for a slow machine"
