"""What a visitor reads of one service."""

import pytest

from directory import finder
from directory.finder import Match, Serves
from directory.models import Service
from flows.effects import Say
from flows.referral_entry import entry, in_short
from tests.fakes import world

MOST_LINES = 8
"""Of an entry in a list, were all known that can be."""

MALMO = world().directory.municipalities["1280"]


def service(**known: object) -> Service:
    plain = {"id": "x", "name": "Huset", "operator": "Kommunen", "who_for": ()}
    return Service.model_validate(
        {**plain, "description": "Samtal.", "source": "", "national": True, **known}
    )


def written(shown: Say) -> str:
    return world().texts.say("sv", shown.text, **dict(shown.args))


def test_an_entry_says_who_it_is_for_how_to_reach_it_and_how_old_it_is() -> None:
    full = service(
        who_for=("uses_violence", "exposed", "everyone"),
        phones=("08-123",),
        hours="Mo 08:00-09:00",
        url="https://example.org/",
        checked="2026-06-04",
    )
    assert written(entry(full, "sv", world())).splitlines() == [
        "Huset",
        "Samtal.",
        "För dig som använder våld, dig som är utsatt och alla.",
        "Telefon: 08-123",
        "Stängt nu (öppet mån 08–09).",
        "https://example.org/",
        "Uppgiften är från 4 juni 2026 och kan ha ändrats.",
    ]


@pytest.mark.parametrize(
    ("status", "checked", "sentence"),
    [
        ("verified", "2026-11-01", "Kontrollerad 1 november 2026."),
        ("unverified", "2025-11-16", "Uppgiften är från 16 november 2025 och"),
        (
            "verified",
            "2025-11-15",
            "Uppgiften är gammal, från 15 november 2025.",
        ),
        (
            "unverified",
            "2018-01-02",
            "Uppgiften är gammal, från 2 januari 2018.",
        ),
    ],
)
def test_an_entry_says_how_far_it_can_be_relied_on(
    status: str, checked: str, sentence: str
) -> None:
    known = service(status=status, checked=checked, checked_how="phone")
    assert written(entry(known, "sv", world())).splitlines()[-1].startswith(sentence)


@pytest.mark.parametrize(("hours", "said"), [("off", "none"), ("Mo 08:00+", "unsure")])
def test_hours_that_say_nothing_are_not_shown_as_closed(hours: str, said: str) -> None:
    shown = entry(service(phones=("08-123",), hours=hours), "sv", world())
    assert dict(shown.args)["open"] == said
    assert "Stängt nu (öppet )" not in written(shown)


def test_an_entry_says_plainly_what_is_not_known() -> None:
    assert written(entry(service(), "sv", world())).splitlines() == [
        "Huset",
        "Samtal.",
        "Fråga dem om det passar dig.",
        "Telefonnumret har vi inte.",
        "Vi vet inte när uppgiften senast stämde.",
    ]


def test_a_language_without_texts_reads_swedish_entries() -> None:
    shown = entry(service(checked="2026-06-04"), "fi", world())
    assert "4 juni 2026" in written(shown)


def test_every_entry_of_the_directory_can_be_shown() -> None:
    directory = world().directory
    for id in (*directory.services, "socialtjansten-0180"):
        found = finder.service(directory, id)
        assert found
        lines = written(entry(found, "sv", world())).splitlines()
        assert any(line.startswith(("För ", "Fråga ")) for line in lines)


def short(known: Service, serves: Serves = "national") -> list[str]:
    """The lines of a service among others, as somebody in Malmö reads them."""
    return written(in_short(Match(known, serves), MALMO, "sv", world())).splitlines()


def test_in_short_an_entry_says_what_it_does_how_to_reach_it_and_whether_it_is_open() -> None:
    known = service(
        who_for=("uses_violence", "exposed"),
        description="Samtal i grupp. Gruppen träffas i tio veckor.",
        phones=("08-123",),
        hours="24/7",
        url="https://example.org/en/mycket/lang/adress/som/ingen/orkar/lasa",
        is_free=True,
        status="verified",
        checked="2026-11-01",
        checked_how="phone",
    )
    assert short(known) == [
        "Huset",
        "Samtal i grupp.",
        "Telefon: 08-123",
        "Öppet nu (dygnet runt).",
    ]


def test_in_short_the_way_in_is_told_where_there_is_no_number() -> None:
    address = "https://example.org/en/mycket/lang/adress/som/maste/sta/har"
    assert short(service(url=address))[2:4] == ["Telefonnumret har vi inte.", address]
    assert short(service(url=address, forms=("chat",)))[2] == address
    own = service(national=False, municipality_codes=("1280",))
    assert short(own, "own")[2] == "Ring växeln i din kommun och be om Huset."
    assert "Ring växeln i din kommun och be om Huset." in written(entry(own, "sv", world()))
    by_mail = service(national=False, municipality_codes=("1280",), email="hej@huset.example")
    assert short(by_mail, "own")[3] == "hej@huset.example"
    assert "hej@huset.example" in written(entry(by_mail, "sv", world())).splitlines()


@pytest.mark.parametrize(
    ("who", "told"),
    [
        (("exposed",), True),
        (("uses_violence",), True),
        (("relatives", "professionals"), True),
        (("uses_violence", "exposed", "children"), False),
        (("everyone",), False),
    ],
)
def test_in_short_whom_it_is_for_is_told_where_some_are_left_out(
    who: tuple[str, ...], *, told: bool
) -> None:
    lines = short(service(who_for=who, phones=("08-123",)))
    assert any(line.startswith("För ") for line in lines) is told


@pytest.mark.parametrize(
    ("facts", "last"),
    [
        ({"status": "verified", "checked": "2026-11-01", "checked_how": "web"}, "Telefon: 08-123"),
        ({"checked": "2026-06-04"}, "Telefon: 08-123"),
        (
            {"checked": "2025-11-15"},
            "Uppgiften är gammal, från 15 november 2025. Den kan ha ändrats.",
        ),
        ({"as_of": "2026-08"}, "Uppgiften är från augusti 2026 och kan ha ändrats."),
        ({"as_of": "2020-08"}, "Uppgiften är gammal, från augusti 2020. Den kan ha ändrats."),
        ({}, "Vi vet inte när uppgiften senast stämde."),
    ],
)
def test_in_short_only_what_may_be_wrong_is_said_to_be_old(
    facts: dict[str, str], last: str
) -> None:
    assert short(service(phones=("08-123",), **facts))[-1] == last


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        (("1231",), "I en grannkommun, ungefär 1 mil bort. För den som bor i Burlöv; "),
        (("1265",), "I en annan kommun, ungefär 5 mil bort. För den som bor i Sjöbo; "),
        (("0180",), "I en annan kommun, mer än 5 mil bort. För den som bor i Stockholm i "),
        (("1281", "1262"), "I en annan kommun. För den som bor i Lund och Lomma; "),
        (
            ("1281", "1262", "1230", "1261", "1285", "1260"),
            "I en grannkommun. För den som bor i Lund, Lomma, Staffanstorp, Kävlinge och 2 ",
        ),
    ],
)
def test_what_a_neighbour_has_says_for_whom_and_how_far_as_far_as_that_is_known(
    codes: tuple[str, ...], told: str
) -> None:
    near = service(national=False, municipality_codes=codes)
    (line,) = [each for each in short(near, "neighbour") if "fråga om du kan få komma" in each]
    assert line.startswith(told)
    assert not any("mil bort" in line for line in short(near, "shared"))


def test_in_short_a_service_for_some_districts_names_them() -> None:
    codes = ("0180-farsta", "0180-skarpnack")
    some = service(national=False, municipality_codes=("0180",), district_codes=codes)
    assert "För den som bor i Farsta och Skarpnäck." in short(some, "own")


def test_in_short_what_a_county_has_says_for_which_of_its_municipalities() -> None:
    lund = service(national=False, municipality_codes=("1281",))
    shown = written(in_short(Match(lund, "own"), None, "sv", world())).splitlines()
    assert "För den som bor i Lund." in shown


def test_every_entry_of_the_directory_is_short_in_a_list() -> None:
    for known in world().directory.living_services():
        lines = short(known, "own")
        assert len(lines) <= MOST_LINES
        assert "" not in lines
