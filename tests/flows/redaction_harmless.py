"""What only looks like an identifier: dates, amounts, law, times, public lines, measures."""

from tests.flows.redaction_ways import Chance, Writer, figures, one

_MONTHS = "januari februari mars april maj juni juli augusti september oktober november december"
MONTHS = _MONTHS.split()
_DAYS = "måndag tisdag onsdag torsdag fredag lördag söndag mån tis ons"
DAYS = _DAYS.split()
FRAMES = (
    "{}",
    "det var {} tror jag",
    "Han uppger {} som skäl",
    "({})",
    "{}, sen gick hon",
    "först {} och sedan ingenting",
    "hej! {}.",
    "rad ett\n{}\nrad tre",
    "Kvinnan berättar: {}",
)


def day(chance: Chance) -> tuple[int, int, int]:
    return chance.randint(1950, 2030), chance.randint(1, 12), chance.randint(1, 28)


def date(chance: Chance) -> str:
    (year, month, date), (after, then, end) = day(chance), day(chance)
    name, other = MONTHS[month - 1], MONTHS[then - 1]
    weekday = chance.choice(DAYS)
    return one(
        chance,
        f"{year}-{month:02}-{date:02}",
        f"{year}{month:02}{date:02}",
        f"{year}/{month:02}/{date:02}",
        f"{year}.{month:02}.{date:02}",
        f"{date:02}.{month:02}.{year}",
        f"{date}/{month}-{year}",
        f"{date}/{month} {year}",
        f"den {date}/{month}",
        f"{weekday} {date}/{month}",
        f"{date}-{min(date + 3, 28)} {name} {year}",
        f"den {date} {name} {year}",
        f"den {date} {name} {year} kl {chance.randint(8, 19)}.30",
        f"{year}-{month:02}-{date:02} {chance.randint(10, 19)}:15",
        f"{year}-{month:02}-{date:02}T{chance.randint(10, 19)}:15:00",
        f"{year}-{month:02}-{date:02} – {year}-{then:02}-{end:02}",
        f"{year}-{month:02}-{date:02} till {after}-{then:02}-{end:02}",
        f"{year}{month:02}{date:02}-{year}{then:02}{end:02}",
        f"{date}/{month}–{end}/{then}",
        f"{date}/{month} och {end}/{then}",
        f"{date}/{month}, {end}/{then} och {date}/{then}",
        f"{date}.{month}.{year}",
        f"{name} {year} – {other} {year + 1}",
        f"{year}–{year + 4}",
        f"{year}, {year + 1} och {year + 3}",
        f"{year}/{(year + 1) % 100:02}",
        f"läsåret {year}/{year + 1}",
        f"född {year % 100:02}{month:02}{date:02}",
        f"vecka {chance.randint(1, 52)} {year}",
        f"v.{chance.randint(1, 40)}-{chance.randint(41, 52)}",
        f"{year}-{month:02}",
        f"q{chance.randint(1, 4)} {year}",
        f"{date:02}/{month:02}/{year}",
        f"{year}-{month:02}-{date:02}, {after}-{then:02}-{end:02}",
    )


def amount(chance: Chance) -> str:
    n, m = chance.randint(1, 999), chance.randint(1, 999)
    return one(
        chance,
        f"{n} 000 kr",
        f"{n} {m:03} kr",
        f"{n} {m:03} 000 kr",
        f"{n} {m:03} 000",
        f"{n}.{m:03}.000 kronor",
        f"{n}000 kronor",
        f"{n}0000 kr",
        f"{n} 000-{n + m} 000 kr",
        f"{n}-{n + m} 000 kr",
        f"{n} 000–{n + m} 000 kronor",
        f"ca {n}500000 kronor",
        f"{n} {m:03},50 kr",
        f"{n}:-",
        f"{n} 000:-",
        f"{n} {m:03} {n:03} kr",
        f"{n} mkr",
        f"{n} tkr",
        f"{n},5 miljoner",
        f"{n} 000 euro",
        f"€{n},{m:03},000",
        f"${n},000",
        f"SEK {n} 000",
        f"{n}000000 kr",
        f"skulden är {n} {m:03} kr och räntan {m} kr",
        f"lån på {n} 000 kr, {m} 000 kr och {n} 500 kr",
        f"{n} 000 per månad",
        f"lön {n} 000, hyra {m} 000",
        f"{n} {m:03} {n:03} invånare",
    )


def law(chance: Chance) -> str:
    n, m, year = chance.randint(1, 30), chance.randint(1, 40), chance.randint(1960, 2026)
    number = chance.randint(1, 2500)
    return one(
        chance,
        f"{n} kap. {m} § brottsbalken",
        f"{n} kap. {m}–{m + 2} §§",
        f"{n}:{m} BrB",
        f"({year}:{number})",
        f"lag ({year}:{number}) om kontaktförbud",
        f"SFS {year}:{number}",
        f"SOU {year}:{n}",
        f"SOU {number % 900 + 100}",
        f"prop. {year}/{(year + 1) % 100:02}:{n}",
        f"NJA {year} s. {number}",
        f"SOSFS {year}:{n}",
        f"HSLF-FS {year}:{n}",
        f"dnr {year}/{figures(chance, 5)}",
        f"dnr S{year}/{figures(chance, 5)}/SOF",
        f"Dnr {n}.{m}-{figures(chance, 5)}/{year}",
        f"mål nr T {figures(chance, 4)}-{year % 100:02}",
        f"mål B {figures(chance, 5)}-{year % 100:02}",
        f"ärende {figures(chance, 7)}",
        f"ärendenummer {year}-{figures(chance, 6)}",
        f"diarienummer {figures(chance, 4)}-{year}",
        f"socialtjänstlagen {n} kap {m} §",
        f"FB {n}:{m}, SoL {m}:{n}",
        f"LVU § {n}",
        f"art. {n} EKMR",
        f"§ {n}, {m} och {m + 3}",
        f"enligt {n} kap. {m} a § andra stycket",
        f"ISBN 978-91-{figures(chance, 4)}-{figures(chance, 3)}-{n % 10}",
    )


def clock(chance: Chance) -> str:
    a, b = chance.randint(6, 14), chance.randint(15, 23)
    m, n = one(chance, "00", "15", "30", "45"), one(chance, "00", "15", "30", "45")
    return one(
        chance,
        f"kl {a}.{m}",
        f"kl. {a:02}:{m}",
        f"klockan {a} till {b}",
        f"{a:02}:{m}-{b}:{n}",
        f"{a:02}.{m}–{b}.{n}",
        f"{a}-{b}",
        f"{a:02}-{b}",
        f"{a:02}{m}-{b}{n}",
        f"mellan {a:02}.{m} och {b}.{n}",
        f"{a:02}:{m}:{n}",
        f"kl {a}, {a + 1} och {b}",
        f"mån-tor {a:02}.{m}-{b}.{n}, fre {a:02}.{m}-{b - 1}.{n}",
        f"{a:02}-{b}, {a + 1:02}-{b}, {a:02}-{b}",
        f"skift {a:02}{m} {b}{n}",
        f"vid {a}-{a + 1}-tiden",
        f"{a} h {m} min",
        f"{a} timmar, {n} minuter",
        f"ring {a:02}.{m}–{b}.{n}",
        f"{a:02}:{m}, {b}:{n}",
    )


LINES = (
    *("112", "114 14", "11414", "113 13", "1177", "116 111", "116111", "116 016", "116 006"),
    *("116 123", "116 000", "116 117", "90101", "90 101", "90390", "020-555 666", "020 555 666"),
    *("020-66 77 88", "020-80 80 80", "020-85 20 00", "020-91 91 91", "020-55 00 00"),
    *("0771-11 77 00", "0771-800 650", "0200-239 500", "+46 771 11 77 00", "020-22 33 44"),
)


def public_line(chance: Chance) -> str:
    a, b = chance.sample(LINES, 2)
    return one(
        chance,
        f"ring {a}",
        f"Hänvisad till {a} och {b}",
        f"{a} eller {b}",
        f"{a}, {b}",
        f"fick numret {a}",
        f"Kvinnofridslinjen {a}",
        f"tel {a}",
        f"{a} dygnet runt",
        f"ring {a}/{b}",
        f"gå in på {one(chance, '1177.se', 'www.1177.se', 'bris.se', 'umo.se', 'https://www.kvinnofridslinjen.se')}",
    )


def measure(chance: Chance) -> str:
    n, m = chance.randint(1, 250), chance.randint(1, 99)
    return one(
        chance,
        f"{n} cm och {m} kg",
        f"{n} mg x {m}",
        f"{m} mg sertralin",
        f"1-2-{m % 5} om dagen",
        f"blodtryck {n + 50}/{m}",
        f"{n},{m:02} promille",
        f"{m},{n} procent",
        f"{n} km, {m} mil",
        f"{n}x{m} cm",
        f"3x{n}",
        f"{n} kvm",
        f"{n} 000 steg",
        f"{n}{m:03}00 visningar",
        f"{m} öl och {n % 9} shots",
        f"{m % 18} år, {n % 18} år och {m % 12} månader",
        f"barnen är {m % 9}, {m % 9 + 2}, {m % 9 + 5} och {m % 9 + 7}",
        f"{m}-åring",
        f"{n}/{n + 5}",
        f"{m} av {n}",
        f"steg 1, 2, 3, 4 och {m % 5 + 5}",
        f"1 2 3 4 5 6 7 {m % 10}",
        f"punkt {m}.{n}.{m}",
        f"version {m}.{n}.{m}",
        f"{n} grader",
        f"buss {n}",
        f"linje {n}",
        f"rum {n}",
        f"avdelning {m}",
        f"{n}-{n + m} gånger",
        f"{m}-talet",
        f"{n}.{m:02}{m:02}{m:02}",
        f"{m} % och {n} %",
        f"DSM-5, ICD-10 F{m}.{n % 10}",
        f"skala 1-10: {m % 10}",
        f"{n * 1000 + m} kcal",
        f"PHQ-9 {m}, GAD-7 {n % 21}",
        f"KBT {m} gånger",
        f"HBT {n + 100}",
        f"covid-19 {n + 100} dagar",
        f"typ {n + 100} gånger",
        f"ca {n + 100} samtal",
        f"tog {n + 100} tabletter",
        f"mejlade {m} gånger @ jobbet",
        f"snapchat {m} gånger om dagen",
        f"insta i {m} timmar",
        f"kollade min snap kl {m % 24}.30",
        f"iphone {m % 16}",
    )


KINDS: dict[str, Writer] = {
    "date": date,
    "amount": amount,
    "law": law,
    "clock": clock,
    "public line": public_line,
    "measure": measure,
}


def harmless(chance: Chance) -> str:
    write = KINDS[chance.choice(list(KINDS))]
    return chance.choice(FRAMES).format(write(chance))
