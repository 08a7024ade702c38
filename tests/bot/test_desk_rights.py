"""Who may do what: every address × role × owner, and every order with a forged token."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from starlette.routing import Route

from bot.book import Book
from bot.desk import evaluation_page, review
from bot.desk.routes import EVALUATION_ORDERS, ORDERS, desk_routes
from bot.health import Health
from flows.events import EndedTalk, Said
from tests.bot.desks import PASSWORD, URL, AtDesk, DeskHouse, contact_form, open_desk, reviewer
from tests.cast import ANNA, BO, KARIN

OWN_TALK = ("say", "again", "attach", "hand-back", "end")
OWN_FORM = ("save", "settle", "rest", "note", "file", "discard")


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[DeskHouse]:
    async with open_desk(tmp_path) as opened:
        yield opened


async def talking(desk: DeskHouse) -> tuple[AtDesk, str, str]:
    """Anna with a visitor: she, the conversation and the form."""
    anna = await desk.person(ANNA)
    visitor = await desk.visitor("Hej, det här är mina ord")
    await anna.post(f"/desk/talk/{visitor}/take")
    return anna, visitor, desk.draft(ANNA)


def all_routes(desk: DeskHouse) -> list[Route]:
    routes = desk_routes(
        desk.house.board,
        desk.staff,
        desk.house.records,
        contact_form(),
        catalogue=desk.catalogue,
        releases=desk.releases,
        counts=desk.counts,
        reviewer=reviewer(),
        public_url=URL,
        clock=desk.clock,
        health=Health(desk.clock),
        demo=False,
    )
    return [route for route in routes if isinstance(route, Route)]


def path_of(route: Route, conversation: str, draft: str) -> str:
    entry = {"id": "valj-att-sluta", "code": "0180", "batch": "1", "number": "1", "form": "0" * 32}
    return route.path.format(conversation=conversation, draft=draft, **entry)


def snapshot(book: Book) -> tuple[object, ...]:
    return dict(book.conversations), dict(book.drafts)


@pytest.mark.parametrize("name", [BO, KARIN])
@pytest.mark.parametrize("order", OWN_TALK)
async def test_nobody_acts_in_anothers_talk(desk: DeskHouse, name: str, order: str) -> None:
    _, visitor, _ = await talking(desk)
    other, before = await desk.person(name), snapshot(desk.house.board.book)
    for send in (other.post, other.script):
        answer = await send(f"/desk/talk/{visitor}/{order}", words="Hej", service="preventell")
        assert answer.status_code == 403
        assert "mina ord" not in answer.text
    assert snapshot(desk.house.board.book) == before


@pytest.mark.parametrize("name", [BO, KARIN])
@pytest.mark.parametrize("order", OWN_FORM)
async def test_nobody_touches_anothers_form(desk: DeskHouse, name: str, order: str) -> None:
    _, visitor, draft = await talking(desk)
    await desk.happens(visitor, EndedTalk())
    other, before = await desk.person(name), snapshot(desk.house.board.book)
    for send in (other.post, other.script):
        answer = await send(f"/desk/form/{draft}/{order}", revision="1", note="mitt")
        assert answer.status_code == 404
    assert snapshot(desk.house.board.book) == before
    assert await desk.house.records.waiting_count() == 0


@pytest.mark.parametrize("name", [BO, KARIN])
async def test_nobody_reads_anothers_talk_or_form(desk: DeskHouse, name: str) -> None:
    _, visitor, draft = await talking(desk)
    other = await desk.person(name)
    assert (await other.get(f"/desk/panel/{draft}")).status_code == 404
    for path in ("/desk", "/desk/pulse"):
        page = (await other.get(path)).text
        assert not [secret for secret in ("mina ord", visitor, draft) if secret in page]


@pytest.mark.parametrize("name", [BO, KARIN])
async def test_nobody_marks_anothers_words_as_read(desk: DeskHouse, name: str) -> None:
    _, visitor, _ = await talking(desk)
    other = await desk.person(name)
    await other.script(f"/desk/talk/{visitor}/seen", seq="99")
    assert desk.house.board.book.conversations[visitor].seen == 0


@pytest.mark.parametrize("name", [BO, KARIN])
async def test_nobody_sees_or_corrects_what_another_has_filed(desk: DeskHouse, name: str) -> None:
    id, answers = bytes(range(16)), {"period": "2026-11", "note": "Annas ord"}
    await desk.house.records.file(id, answers, counsellor=ANNA)
    other, before = await desk.person(name), snapshot(desk.house.board.book)
    page = (await other.get("/desk/filed")).text
    assert "Annas ord" not in page
    assert id.hex() not in page
    for send in (other.post, other.script):
        answer = await send(f"/desk/filed/{id.hex()}/correct")
        assert answer.status_code == 404
        assert "Annas ord" not in answer.text
    assert snapshot(desk.house.board.book) == before


@pytest.mark.parametrize("name", [BO, KARIN])
async def test_nobody_touches_anothers_call_or_correction(desk: DeskHouse, name: str) -> None:
    anna, other = await desk.person(ANNA), await desk.person(name)
    await anna.post("/desk/phone")
    id = bytes(range(16))
    await desk.house.records.file(id, {"period": "2026-11"}, counsellor=ANNA)
    await anna.post(f"/desk/filed/{id.hex()}/correct")
    before = snapshot(desk.house.board.book)
    for draft in desk.house.board.book.drafts:
        assert (await other.get(f"/desk/panel/{draft}")).status_code == 404
        for order in OWN_FORM:
            answer = await other.script(f"/desk/form/{draft}/{order}", revision="0", note="mitt")
            assert answer.status_code == 404
    assert snapshot(desk.house.board.book) == before


async def test_statistics_are_for_the_coordinator(desk: DeskHouse) -> None:
    status = {name: (await (await desk.person(name)).get("/desk/reports")).status_code
              for name in (ANNA, BO, KARIN)}  # fmt: skip
    assert status == {ANNA: 403, BO: 403, KARIN: 200}


@pytest.mark.parametrize("name", [ANNA, KARIN])
async def test_counsellor_and_coordinator_may_both_take_visitors(
    desk: DeskHouse, name: str
) -> None:
    person = await desk.person(name)
    await desk.visitor("Hej")
    assert (await person.post("/desk/next")).status_code == 303
    assert desk.house.board.book.talks_of(name)


async def test_every_address_but_the_door_asks_for_a_login(desk: DeskHouse) -> None:
    _, visitor, draft = await talking(desk)
    before = snapshot(desk.house.board.book)
    async with desk.client() as stranger:
        for route in all_routes(desk):
            for method in sorted((route.methods or set()) - {"HEAD"}):
                if route.path == "/desk/login":
                    continue
                path = path_of(route, visitor, draft)
                sent = {"data": {"words": "Hej"}} if method == "POST" else {}
                answer = await stranger.request(method, path, **sent)  # type: ignore[arg-type] # by method
                assert (answer.status_code, answer.headers["location"]) == (303, "/desk/login"), (
                    path
                )
    assert snapshot(desk.house.board.book) == before


async def test_a_password_alone_opens_nothing(desk: DeskHouse) -> None:
    _, visitor, draft = await talking(desk)
    half = AtDesk(desk.client(), "", await desk.staff.begin_session(ANNA, confirmed=False))
    half.client.cookies.set("desk", half.token)
    session = await desk.staff.session(half.token)
    assert session
    half.csrf = session.csrf
    before = snapshot(desk.house.board.book)
    for route in all_routes(desk):
        if route.path in {"/desk/login", "/desk/password", "/desk/code", "/desk/logout"}:
            continue
        path = path_of(route, visitor, draft)
        is_post = "POST" in (route.methods or set())
        answer = await (half.post(path, words="Hej") if is_post else half.get(path))
        assert answer.headers["location"] == "/desk/code", path
    assert snapshot(desk.house.board.book) == before


@pytest.mark.parametrize("token", ["", "fel", "ö"])
async def test_every_order_refuses_a_missing_or_forged_token(desk: DeskHouse, token: str) -> None:
    anna, visitor, draft = await talking(desk)
    before = snapshot(desk.house.board.book)
    status = desk.house.board.shop.presence.status(ANNA)
    orders = [route for route in all_routes(desk) if "POST" in (route.methods or set())]
    assert len(orders) >= len(ORDERS)
    for route in orders:
        path = path_of(route, visitor, draft)
        fields = {"words": "Hej", "status": "away", "revision": "0", "seq": "9"}
        answer = await anna.client.post(path, data={**fields, "csrf": token} if token else fields)
        assert answer.status_code == 403 or path == "/desk/login", path
    assert snapshot(desk.house.board.book) == before
    assert desk.house.board.shop.presence.status(ANNA) == status
    assert await desk.staff.session(anna.token)


async def test_the_login_form_refuses_a_token_of_another_browser(desk: DeskHouse) -> None:
    async with desk.client() as one, desk.client() as other:
        await one.get("/desk/login")
        await other.get("/desk/login")
        fields = {"name": ANNA, "secret": "x", "csrf": one.cookies["desk-door"]}
        assert (await other.post("/desk/login", data=fields)).status_code == 403


async def test_an_order_from_another_site_is_refused_whatever_it_carries(desk: DeskHouse) -> None:
    anna, visitor, _ = await talking(desk)
    answer = await anna.client.post(
        f"/desk/talk/{visitor}/end",
        data={"csrf": anna.csrf},
        headers={"origin": "https://example.org"},
    )
    assert answer.status_code == 403
    assert desk.house.board.book.talks_of(ANNA)


async def test_no_page_of_the_desk_holds_the_visitors_address(desk: DeskHouse) -> None:
    anna, visitor, draft = await talking(desk)
    waiting = await desk.visitor("Jag väntar")
    await desk.happens(visitor, Said(ANNA, "Hej"))
    address = desk.house.board.book.conversations[visitor].address.token
    other = desk.house.board.book.conversations[waiting].address.token
    for path in ("/desk", f"/desk/panel/{draft}", "/desk/pulse"):
        page = (await anna.get(path)).text
        assert address not in page
        assert other not in page


async def test_who_is_disabled_is_out_with_the_next_request(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    await desk.staff.disable(ANNA)
    assert (await anna.get("/desk")).headers["location"] == "/desk/login"


async def test_every_page_has_the_strict_headers(desk: DeskHouse) -> None:
    anna, _, draft = await talking(desk)
    karin = await desk.person(KARIN)
    pages = [
        await anna.get("/desk"),
        await anna.get(f"/desk/panel/{draft}"),
        await anna.get("/desk/pulse"),
        await anna.get("/desk/filed"),
        await karin.get("/desk/reports"),
        await karin.get("/desk/directory/map"),
        await karin.get("/desk/directory/service/valj-att-sluta"),
    ]
    for page in pages:
        assert "unsafe-inline" not in page.headers["content-security-policy"]
        assert page.headers["cache-control"] == "no-store"
        assert " style=" not in page.text
        assert "onclick" not in page.text


@pytest.mark.parametrize("path", [review.PATH, evaluation_page.PATH])
@pytest.mark.parametrize(("name", "status"), [(ANNA, 403), (BO, 403), (KARIN, 200)])
async def test_rows_and_evaluation_sets_are_for_the_coordinator(
    desk: DeskHouse, path: str, name: str, status: int
) -> None:
    assert (await (await desk.person(name)).get(path)).status_code == status


@pytest.mark.parametrize("path", [path for path, _ in EVALUATION_ORDERS])
async def test_no_counsellor_takes_a_step_towards_an_evaluation_set(
    desk: DeskHouse, path: str
) -> None:
    await desk.releases.ask(
        "2026-01", "2026-03", purpose="Tillsyn", receiver="Tillsynen", who=KARIN, at=desk.clock()
    )
    before = await desk.releases.requests()
    anna = await desk.person(ANNA)
    answer = await anna.post(path.format(number=1), password=PASSWORD)
    assert answer.status_code == 403
    assert await desk.releases.requests() == before
