"""What anybody may read: the directory for programs, and the pages about help."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from html.parser import HTMLParser
from typing import Any, get_args

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from bot.pages import Guard
from bot.public.open_data import COLUMNS_FOR_ALL
from bot.public.pages import path_of, slug_of
from bot.public.routes import public_routes
from directory import hsds
from directory.freshness import Age
from directory.hsds_words import service_uuid
from directory.load import load
from directory.models import Address, Directory, Service
from directory.opening import STOCKHOLM
from directory.wording import AGES
from tests.bot.houses import Clock, line, texts
from tests.cast import WEDNESDAY
from tests.directory import hsds_rules

URL = "http://127.0.0.1:8080"
AWAY = "https://example.org/weather"
MALMO = "1280"
HOSTILE = "</script><script>alert(1)</script>\"' onload=x & {{ 7*7 }}"
NUMBER = line().phone


def a_service(**facts: Any) -> Service:
    """Somewhere to turn in Malmö, with these facts."""
    given = {
        "id": "a",
        "name": "Mottagningen",
        "operator": "Malmö stad",
        "municipality_codes": (MALMO,),
        "who_for": ("uses_violence", "exposed"),
        "description": "Samtal.",
        **facts,
    }
    return Service.model_validate(given)


def with_services(*services: Service) -> Directory:
    return replace(load(), services={service.id: service for service in services})


class Reader:
    """Somebody, or some program, that asks for what is public."""

    def __init__(self) -> None:
        self.directory = load()
        self.clock = Clock()
        self.line = line()
        self.site = Guard(Starlette(routes=self._routes()), URL)

    def _routes(self) -> list[BaseRoute]:
        return public_routes(
            directory=lambda: self.directory,
            line=self.line,
            texts=texts(),
            clock=self.clock,
            public_url=URL,
            exit_url=AWAY,
        )

    async def get(self, path: str) -> httpx.Response:
        transport = httpx.ASGITransport(app=self.site)
        async with httpx.AsyncClient(transport=transport, base_url=URL) as client:
            return await client.get(path)

    async def page(self, path: str = f"/hjalp/{MALMO}-malmo") -> str:
        response = await self.get(path)
        assert response.status_code == 200
        return response.text

    async def words(self, path: str = f"/hjalp/{MALMO}-malmo") -> str:
        """What stands on a page, for the eyes."""
        seen = Seen()
        seen.feed(await self.page(path))
        return " ".join(" ".join(seen.words).split())


class Seen(HTMLParser):
    """The words of a page without its head and scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.is_hidden = True

    def handle_starttag(self, tag: str, attrs: Any) -> None:  # noqa: ARG002 - the parser gives them
        self.is_hidden = self.is_hidden and tag != "main"

    def handle_data(self, data: str) -> None:
        if not self.is_hidden:
            self.words.append(data)


@pytest.fixture
def reader() -> Reader:
    return Reader()


# For programs


async def test_the_list_has_the_shape_of_open_referral(reader: Reader) -> None:
    page = (await reader.get("/directory")).json()
    assert {name: type(value) for name, value in page.items()} == hsds_rules.PAGE
    assert page["size"] == len(page["contents"]) == 25
    for service in page["contents"]:
        assert hsds_rules.faults("service", service) == []


async def test_all_pages_together_are_the_whole_directory(reader: Reader) -> None:
    found: list[Any] = []
    for number in range(1, 100):
        page = (await reader.get(f"/directory?page={number}&per_page=30")).json()
        found += page["contents"]
        if page["last_page"]:
            break
    assert hsds.read(found, reader.directory) == (reader.directory.living_services(), ())


async def test_beyond_the_last_page_there_is_nothing(reader: Reader) -> None:
    page = (await reader.get("/directory?page=9999")).json()
    assert (page["empty"], page["size"], page["contents"]) == (True, 0, [])


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=-1",
        "page=",
        "page=x",
        "page=1.5",
        "page=99999999999999999999",
        "page=%D9%A3",
        "per_page=0",
        "per_page=101",
        "per_page=1;DROP TABLE",
        "page=%00",
        "page=" + "9" * 5000,
    ],
)
async def test_a_page_that_cannot_be_is_said_in_a_sentence(reader: Reader, query: str) -> None:
    response = await reader.get(f"/directory?{query}")
    assert response.status_code == 422
    assert re.fullmatch(
        r"(per_)?page should be a whole number from 1 to \d+\.", response.json()["detail"]
    )


class Counted(Mapping[str, Service]):
    """Services that count how often somebody goes through them all."""

    def __init__(self, services: Mapping[str, Service]) -> None:
        self.services = services
        self.times = 0

    def __getitem__(self, id: str) -> Service:
        return self.services[id]

    def __iter__(self) -> Iterator[str]:
        self.times += 1
        return iter(self.services)

    def __len__(self) -> int:
        return len(self.services)


@pytest.mark.parametrize("path", ["/directory?per_page=100", "/directory.csv"])
async def test_what_was_asked_for_before_is_not_made_again(reader: Reader, path: str) -> None:
    services = Counted(load().services)
    reader.directory = replace(load(), services=services)
    answers = [(await reader.get(path)).text for _ in range(3)]
    assert len(set(answers)) == 1
    assert services.times == 1


async def test_another_page_goes_through_the_same_services_once(reader: Reader) -> None:
    services = Counted(load().services)
    reader.directory = replace(load(), services=services)
    for per_page in range(80, 100):
        await reader.get(f"/directory?per_page={per_page}")
    assert services.times == 1


def test_a_service_is_shaped_once_whatever_page_it_stands_on() -> None:
    many, few = (hsds.as_page(load(), page=1, per_page=size)["contents"] for size in (100, 5))
    assert all(one is other for one, other in zip(many, few, strict=False))


async def test_a_change_shows_at_once(reader: Reader) -> None:
    for name in ("Före", "Efter"):
        reader.directory = with_services(a_service(name=name))
        [service] = (await reader.get("/directory")).json()["contents"]
        assert service["name"] == name
        assert name in (await reader.get("/directory.csv")).text


async def test_a_service_is_found_by_its_name_and_by_its_uuid(reader: Reader) -> None:
    by_name = await reader.get("/directory/kriscentrum-malmo")
    by_uuid = await reader.get(f"/directory/{service_uuid('kriscentrum-malmo')}")
    assert by_name.json() == by_uuid.json()
    [service], _ = hsds.read(by_name.json(), reader.directory)
    assert service == reader.directory.services["kriscentrum-malmo"]


@pytest.mark.parametrize(
    "id", ["none", "", "..%2f..%2fetc", "a/b", "'%20or%201=1", "%00", "x" * 5000, "%F0%9F%98%80"]
)
async def test_an_unknown_service_is_not_found(reader: Reader, id: str) -> None:
    response = await reader.get(f"/directory/{id}")
    assert response.status_code == 404
    assert response.json() == {"detail": "No service has this id; see /directory."}


async def test_what_is_retired_is_shown_nowhere(reader: Reader) -> None:
    reader.directory = with_services(a_service(status="retired"))
    assert (await reader.get("/directory")).json()["contents"] == []
    assert (await reader.get("/directory/a")).status_code == 404
    assert "Mottagningen" not in (await reader.get("/directory.csv")).text
    assert "Mottagningen" not in await reader.page()


async def test_the_sheet_holds_every_service(reader: Reader) -> None:
    response = await reader.get("/directory.csv")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    text = response.content.decode("utf-8-sig")
    found = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    assert tuple(found[0]) == COLUMNS_FOR_ALL
    assert len(found) == len(reader.directory.living_services())


@pytest.mark.parametrize(
    "path",
    ["/directory", "/directory/a", "/directory/{uuid}", "/directory.csv", "/hjalp/1280-malmo"],
)
async def test_whom_somebody_asked_is_told_to_nobody(reader: Reader, path: str) -> None:
    asked = {"status": "verified", "checked": date(2026, 6, 4), "checked_how": "phone"}
    reader.directory = with_services(a_service(checked_with="Anna på kansliet", **asked))
    text = (await reader.get(path.format(uuid=service_uuid("a")))).text
    assert "Mottagningen" in text
    assert "Anna" not in text
    assert "checked_with" not in text


async def test_a_formula_in_a_name_is_no_formula_in_the_sheet(reader: Reader) -> None:
    reader.directory = with_services(a_service(name='=HYPERLINK("x")'))
    assert ";\"'=HYPERLINK(" in (await reader.get("/directory.csv")).text


@pytest.mark.parametrize("path", ["/directory/none", "/directory?page=x"])
async def test_what_is_not_there_is_not_kept_for_it_may_come(reader: Reader, path: str) -> None:
    response = await reader.get(path)
    assert response.status_code in {404, 422}
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["access-control-allow-origin"] == "*"


async def test_a_uuid_is_the_same_in_capitals(reader: Reader) -> None:
    reader.directory = with_services(a_service())
    small = await reader.get(f"/directory/{service_uuid('a')}")
    large = await reader.get(f"/directory/{service_uuid('a').upper()}")
    assert large.status_code == 200
    assert large.json() == small.json()


async def test_a_slash_behind_leads_to_the_list_of_places(reader: Reader) -> None:
    response = await reader.get("/hjalp/")
    assert (response.status_code, response.headers["location"]) == (308, "/hjalp")


@pytest.mark.parametrize("path", ["/directory", "/directory.csv", "/directory/valj-att-sluta"])
async def test_data_may_be_read_from_any_site_and_kept_for_a_while(
    reader: Reader, path: str
) -> None:
    headers = (await reader.get(path)).headers
    assert headers["access-control-allow-origin"] == "*"
    assert headers["cache-control"].startswith("public, max-age=")
    assert "set-cookie" not in headers


# For people


async def test_all_municipalities_are_listed_under_their_counties(reader: Reader) -> None:
    page = await reader.page("/hjalp")
    counties = re.findall("<h2>(.*)</h2>", page)
    assert set(counties) == {county.name for county in reader.directory.counties.values()}
    assert (counties[0], counties[2], counties[-1]) == (
        "Blekinge län",
        "Gotlands län",
        "Östergötlands län",
    )
    for place in reader.directory.municipalities.values():
        assert f'<a href="{path_of(place)}">{place.name}</a>' in page


async def test_every_municipality_has_a_page_that_is_never_empty(reader: Reader) -> None:
    for place in reader.directory.municipalities.values():
        page = await reader.page(path_of(place))
        assert page.count("<article>") >= 2
        assert f"<h1>Hjälp i {place.name}</h1>" in page


@pytest.mark.parametrize(
    "asked", ["1280", "1280-", "1280-Malmo", "1280-lund", "1280-malm%C3%B6", "1280-%2F..%2F..%2Fx"]
)
async def test_a_wrong_name_leads_to_the_right_one(reader: Reader, asked: str) -> None:
    response = await reader.get(f"/hjalp/{asked}")
    assert response.status_code == 308
    assert response.headers["location"] == "/hjalp/1280-malmo"


@pytest.mark.parametrize("asked", ["9999", "malmo", "12800-malmo", "%D9%A1280", "x" * 5000])
async def test_an_unknown_place_is_not_found_and_help_is_still_there(
    reader: Reader, asked: str
) -> None:
    response = await reader.get(f"/hjalp/{asked}")
    assert response.status_code == 404
    assert NUMBER in response.text
    assert 'href="/hjalp"' in response.text


def test_names_in_addresses_are_plain_and_their_own() -> None:
    places = load().municipalities.values()
    assert all(re.fullmatch("[a-z]+(-[a-z]+)*", slug_of(place)) for place in places)
    assert slug_of(load().municipalities["0114"]) == "upplands-vasby"


@pytest.mark.parametrize("path", ["/hjalp", "/hjalp/1280-malmo", "/hjalp/9999"])
async def test_our_own_line_and_112_stand_first_on_every_page(reader: Reader, path: str) -> None:
    text = (await reader.get(path)).text
    main = text[text.index("<main>") :]
    assert main.index(f">{NUMBER}</a>") < main.index('<a href="/">') < main.index(">112</a>")
    assert main.index(">112</a>") < main.index("</div>")
    assert 'href="tel:020555666"' in main


@pytest.mark.parametrize("path", ["/hjalp", "/hjalp/1280-malmo", "/hjalp/9999"])
async def test_it_is_said_of_the_phone_and_of_the_chat_whether_they_are_open(
    reader: Reader, path: str
) -> None:
    assert "Telefonen är öppen nu, till kl. 16.00." in (await reader.get(path)).text
    assert "Chatten är öppen nu, till kl. 16.00." in (await reader.get(path)).text
    reader.clock.now = WEDNESDAY
    assert "Telefonen är stängd. Den öppnar på fredag kl. 08.30." in (await reader.get(path)).text
    assert "Chatten är stängd. Den öppnar på fredag kl. 08.30." in (await reader.get(path)).text


async def test_why_both_are_closed_is_said_once(reader: Reader) -> None:
    reader.clock.now = datetime(2026, 12, 25, 10, 0, tzinfo=STOCKHOLM)
    words = await reader.words()
    assert "I dag är det juldagen, så telefonen är stängd." in words
    assert "Chatten är stängd." in words


@pytest.mark.parametrize("path", ["/hjalp", "/hjalp/1280-malmo", "/hjalp/9999"])
async def test_that_the_browser_remembers_is_said(reader: Reader, path: str) -> None:
    assert "Webbläsarens historik minns att du har varit här." in (await reader.get(path)).text


async def test_our_own_line_is_not_listed_again(reader: Reader) -> None:
    assert (await reader.page()).count(NUMBER) == 1


async def test_help_is_grouped_in_the_order_of_the_finder(reader: Reader) -> None:
    reader.directory = with_services(
        a_service(id="n", national=True, municipality_codes=()),
        a_service(id="r", county_codes=("12",), municipality_codes=()),
        a_service(id="s", municipality_codes=(MALMO, "1281")),
        a_service(id="o"),
    )
    page = await reader.page()
    assert re.findall("<h2>(.*)</h2>", page) == [
        "I Malmö",
        "Gemensamt för flera kommuner",
        "För hela länet",
        "Socialtjänsten",
        "I hela landet",
    ]


async def test_a_neighbours_help_is_said_to_be_near(reader: Reader) -> None:
    called = {"phones": ("046-10 10 10",)}
    reader.directory = with_services(a_service(municipality_codes=("1231",), **called))
    assert "<h2>I närheten</h2>" in await reader.page()
    assert (
        "I en grannkommun, ungefär 1 mil bort. För den som bor i Burlöv; fråga om du kan få komma."
        in await reader.words()
    )
    reader.directory = with_services(a_service(municipality_codes=("0780", "0764"), **called))
    page = await reader.words("/hjalp/1273-osby")
    assert "I en annan kommun. För den som bor i Växjö och Alvesta i Kronobergs län;" in page


async def test_a_service_for_everybody_here_is_not_said_to_be_near(reader: Reader) -> None:
    reader.directory = with_services(a_service(municipality_codes=("1280", "1281")))
    assert "fråga om du kan få komma" not in await reader.words()


async def test_the_social_services_of_the_place_are_one_step_away(reader: Reader) -> None:
    reader.directory = with_services(a_service())
    page = await reader.page()
    assert page.index('<a href="#socialtjansten">') < page.index("<h2>")
    assert '<section id="socialtjansten">' in page


async def test_a_service_for_some_districts_names_them(reader: Reader) -> None:
    codes = ("0180-farsta", "0180-skarpnack")
    reader.directory = with_services(a_service(municipality_codes=("0180",), district_codes=codes))
    assert "För den som bor i Farsta och Skarpnäck." in await reader.words("/hjalp/0180-stockholm")
    service, *_ = linked(await reader.page("/hjalp/0180-stockholm"))["@graph"]
    areas = [(area["name"], area["containedInPlace"]["name"]) for area in service["areaServed"]]
    assert areas == [("Farsta", "Stockholm"), ("Skarpnäck", "Stockholm")]


async def test_how_to_ask_is_said_where_no_way_in_is_known(reader: Reader) -> None:
    reader.directory = with_services(a_service(name="Huset", url=None))
    assert "Ring växeln i din kommun och be om Huset." in await reader.words()
    reader.directory = with_services(a_service(email="hej@malmo.example"))
    assert 'href="mailto:hej@malmo.example"' in await reader.page()


async def test_a_service_is_said_in_words(reader: Reader) -> None:
    reader.directory = with_services(
        a_service(
            phones=("040-29 09 99", "+46 40 12 34 56"),
            hours="Mo-Fr 08:30-16:00; PH off",
            addresses=(Address(street="Storgatan 1", postal_code="211 22", city="Malmö"),),
            url="https://www.malmo.se/vald",
            is_free=True,
            anonymous=True,
            languages=("sv", "ar"),
            gender="men",
        )
    )
    page, words = await reader.page(), await reader.words()
    assert 'href="tel:040290999">040-29 09 99</a>' in page
    assert 'href="tel:+4640123456">+46 40 12 34 56</a>' in page
    assert 'href="https://www.malmo.se/vald"' in page
    for sentence in (
        "För den som använder våld och den som är utsatt. Bara för män.",
        "Öppet nu. Svarar mån–fre 08.30–16.00, stängt helgdagar.",
        "Storgatan 1, 211 22 Malmö",
        "Kostar inget. Du behöver inte säga vem du är första gången.",
        "Språk: svenska och arabiska.",
    ):
        assert sentence in words


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ("Mo-Fr 08:30-16:00", "Öppet nu. Svarar mån–fre"),
        ("Sa 10:00-14:00", "Stängt nu. Svarar lör 10–14."),
        ("24/7", "Öppet nu. Svarar dygnet runt."),
        ("Mo-Fr 08:00+", "be om Mottagningen. Svarar mån–fre från 08."),
        ("off", "be om Mottagningen. Vi vet inte när"),
    ],
)
async def test_whether_somebody_answers_now_is_said_where_it_is_known(
    reader: Reader, hours: str, said: str
) -> None:
    reader.directory = with_services(a_service(hours=hours))
    assert said in await reader.words()


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (
            {"checked": date(2026, 6, 4), "checked_how": "phone", "status": "verified"},
            "Kontrollerad 4 juni 2026.",
        ),
        ({"checked": date(2026, 6, 4)}, "Uppgiften är från 4 juni 2026 och kan ha ändrats."),
        (
            {"checked": date(2020, 6, 4), "status": "verified"},
            "Uppgiften är gammal, från 4 juni 2020. Den kan ha ändrats.",
        ),
        ({"as_of": "cirka 2015"}, "Uppgiften är gammal, från cirka 2015. Den kan ha ändrats."),
        ({"as_of": "2026"}, "Uppgiften är från 2026 och kan ha ändrats."),
        ({"as_of": "okänt år; läst 2026"}, "Vi vet inte när uppgiften senast stämde."),
        ({"source": "https://example.se"}, "Vi vet inte när uppgiften senast stämde."),
    ],
)
async def test_how_old_a_fact_is_is_said_in_plain_words(
    reader: Reader, facts: dict[str, Any], said: str
) -> None:
    reader.directory = with_services(a_service(**facts))
    assert said in await reader.words()


@pytest.mark.parametrize("age", get_args(Age))
def test_a_page_and_the_conversation_say_the_same_of_how_old_a_fact_is(age: Age) -> None:
    others = dict.fromkeys(texts().variables("sv", "referral-entry"), "none")
    said = texts().say("sv", "referral-entry", **others | {"age": age, "checked": "4 juni 2026"})
    assert said.splitlines()[-1].strip() == AGES[age].format("4 juni 2026")


@pytest.mark.parametrize("url", ["https://[x", "https://?x"])
async def test_an_address_that_cannot_be_read_is_left_out(reader: Reader, url: str) -> None:
    reader.directory = with_services(a_service().model_copy(update={"url": url}))
    assert "Mottagningen" in await reader.page()
    assert f'href="{url}"' not in await reader.page()


async def test_social_services_are_there_without_a_number_and_without_an_age(
    reader: Reader,
) -> None:
    reader.directory = replace(with_services(), contacts={})
    words = await reader.words()
    assert "Socialtjänsten i Malmö Ring växeln i din kommun" in words
    assert "Uppgiften" not in words
    assert "Socialtjänst finns i alla kommuner." in words
    assert "Telefonnumret har vi inte" not in words


@pytest.mark.parametrize("field", ["name", "operator", "description", "accessibility", "source"])
async def test_hostile_words_are_only_words(reader: Reader, field: str) -> None:
    calm = with_services(a_service(**{field: "Lugn"}))
    reader.directory = calm
    tags = (await reader.page()).count("<")
    reader.directory = with_services(a_service(**{field: HOSTILE}))
    page = await reader.page()
    assert page.count("<") == tags
    assert "alert(1)</script>" not in page


def linked(page: str) -> Any:
    """What a search engine reads."""
    [block] = re.findall('<script type="application/ld.json">(.*?)</script>', page)
    return json.loads(block)


async def test_search_engines_read_the_same_in_the_words_of_schema_org(reader: Reader) -> None:
    reader.directory = with_services(
        a_service(
            name=HOSTILE,
            phones=("040-29 09 99",),
            hours="Mo-Fr 08:30-16:00; Sa 00:00-24:00; Su 10:00+",
            addresses=(Address(street="Storgatan 1", city="Malmö"),),
            url="https://malmo.se/",
            is_free=True,
        )
    )
    found = linked(await reader.page())
    assert found["@context"] == "https://schema.org"
    service, social = found["@graph"]
    assert service == {
        "@type": "Service",
        "name": HOSTILE,
        "description": "Samtal.",
        "url": "https://malmo.se/",
        "provider": {
            "@type": "Organization",
            "name": "Malmö stad",
            "telephone": "040-29 09 99",
        },
        "areaServed": [{"@type": "AdministrativeArea", "name": "Malmö"}],
        "availableChannel": {
            "@type": "ServiceChannel",
            "servicePhone": {"@type": "ContactPoint", "telephone": "040-29 09 99"},
            "serviceLocation": [
                {
                    "@type": "Place",
                    "address": {
                        "@type": "PostalAddress",
                        "streetAddress": "Storgatan 1",
                        "addressLocality": "Malmö",
                        "addressCountry": "SE",
                    },
                }
            ],
        },
        "hoursAvailable": [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
                "opens": "08:30",
                "closes": "16:00",
            },
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": ["Saturday"],
                "opens": "00:00",
                "closes": "23:59",
            },
        ],
        "offers": {"@type": "Offer", "price": "0", "priceCurrency": "SEK"},
    }
    assert social["@type"] == "GovernmentService"


@pytest.mark.parametrize("path", ["/hjalp", "/hjalp/1280-malmo", "/hjalp/9999", "/robots.txt"])
async def test_looking_for_help_leaves_nothing_behind(reader: Reader, path: str) -> None:
    headers = (await reader.get(path)).headers
    assert "set-cookie" not in headers
    assert headers["cache-control"] == "no-store"


async def test_the_exit_button_may_lead_away_and_nothing_else_may(reader: Reader) -> None:
    response = await reader.get("/hjalp")
    policy = response.headers["content-security-policy"]
    assert "form-action 'self' https://example.org;" in policy
    assert "script-src 'self';" in policy
    assert f'action="/exit" data-to="{AWAY}"' in response.text


async def test_the_longest_titles_and_descriptions_fit_what_search_engines_show(
    reader: Reader,
) -> None:
    places = reader.directory.municipalities.values()
    for place in sorted(places, key=lambda place: len(place.name))[-20:]:
        page = await reader.page(path_of(place))
        [title] = re.findall("<title>(.*)</title>", page)
        [about] = re.findall('<meta name="description" content="(.*)">', page)
        assert place.name in title
        assert place.name in about
        assert len(title) <= 75
        assert len(about) <= 170
        assert f'<link rel="canonical" href="{URL}{path_of(place)}">' in page


async def test_search_engines_find_every_page_and_keep_off_the_desk(reader: Reader) -> None:
    robots = (await reader.get("/robots.txt")).text
    assert "Disallow: /desk\n" in robots
    assert f"Sitemap: {URL}/sitemap.xml\n" in robots
    sitemap = (await reader.get("/sitemap.xml")).text
    places = reader.directory.municipalities.values()
    assert sitemap.count("<loc>") == len(places) + 2
    for place in places:
        assert f"<loc>{URL}{path_of(place)}</loc>" in sitemap
