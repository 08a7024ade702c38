import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Literal

import httpx
import pyotp
import pytest
from argon2 import Parameters, PasswordHasher, extract_parameters

from bot.desk.desk import IDLE, LONGEST
from bot.desk.guesses import FREE, LONGEST_WAIT, Guesses
from bot.desk.second_factor import STEP_SECONDS, step_of
from bot.store.passwords import Hashing
from tests.bot.desks import PASSWORD, DeskHouse, hidden, open_desk
from tests.cast import ANNA, BO, MONDAY_MORNING

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""One by which no two steps near that Monday have the same code, as others may by chance."""


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[DeskHouse]:
    async with open_desk(tmp_path) as opened:
        yield opened


async def try_login(client: httpx.AsyncClient, name: str, secret: str) -> httpx.Response:
    csrf = hidden((await client.get("/desk/login")).text, "csrf")
    return await client.post("/desk/login", data={"name": name, "secret": secret, "csrf": csrf})


async def send_code(client: httpx.AsyncClient, code: str) -> httpx.Response:
    csrf = hidden((await client.get("/desk/code")).text, "csrf")
    return await client.post("/desk/code", data={"code": code, "csrf": csrf})


async def secret_of(desk: DeskHouse, name: str) -> str:
    return await desk.staff.totp_secret(name, "")


def code_at(desk: DeskHouse, secret: str, *, seconds: int = 0) -> str:
    return pyotp.TOTP(secret).at(int(desk.clock().timestamp()) + seconds)


def in_groups(secret: str) -> str:
    """A secret as it stands on the page."""
    return " ".join(re.findall("....", secret))


async def enrolled(desk: DeskHouse, client: httpx.AsyncClient) -> str:
    """Log Anna in for the first time, up to the desk; gives the secret of her second factor."""
    await desk.staff.set_password(ANNA, PASSWORD)
    secret = await desk.staff.totp_secret(ANNA, SECRET)
    await try_login(client, ANNA, PASSWORD)
    await send_code(client, code_at(desk, secret))
    return secret


async def test_the_way_in_from_set_up_code_to_desk(desk: DeskHouse) -> None:
    code = await desk.staff.reset(ANNA)
    async with desk.client() as client:
        assert (await try_login(client, ANNA, code)).headers["location"] == "/desk"
        assert (await client.get("/desk")).headers["location"] == "/desk/password"
        csrf = hidden((await client.get("/desk/password")).text, "csrf")
        chosen = {"password": PASSWORD, "again": PASSWORD, "csrf": csrf}
        await client.post("/desk/password", data=chosen)
        assert (await client.get("/desk")).headers["location"] == "/desk/code"
        shown = (await client.get("/desk/code")).text
        secret = await secret_of(desk, ANNA)
        assert "data:image/svg+xml" in shown
        assert in_groups(secret) in shown
        await send_code(client, code_at(desk, secret))
        assert (await client.get("/desk")).status_code == 200


async def test_a_picture_of_the_secret_is_shown_only_until_it_is_confirmed(desk: DeskHouse) -> None:
    async with desk.client() as client:
        secret = await enrolled(desk, client)
    async with desk.client() as client:
        await try_login(client, ANNA, PASSWORD)
        shown = (await client.get("/desk/code")).text
    assert "data:image" not in shown
    assert in_groups(secret) not in shown


async def test_the_token_changes_at_each_step_of_the_login(desk: DeskHouse) -> None:
    await desk.staff.set_password(ANNA, PASSWORD)
    async with desk.client() as client:
        await try_login(client, ANNA, PASSWORD)
        before = client.cookies["desk"]
        await client.get("/desk/code")
        await send_code(client, code_at(desk, await secret_of(desk, ANNA)))
        after = client.cookies["desk"]
    assert before != after
    assert await desk.staff.session(before) is None


async def test_a_code_works_once_and_a_step_to_either_side(desk: DeskHouse) -> None:
    async with desk.client() as client:
        secret = await enrolled(desk, client)
    same, early, late = (code_at(desk, secret, seconds=s) for s in (0, -STEP_SECONDS, STEP_SECONDS))
    for code, status in ((same, 403), (early, 403), (late, 303)):
        async with desk.client() as client:
            await try_login(client, ANNA, PASSWORD)
            assert (await send_code(client, code)).status_code == status


def test_a_code_two_steps_away_is_wrong() -> None:
    code = pyotp.TOTP(SECRET).at(int(MONDAY_MORNING.timestamp()))
    later = MONDAY_MORNING + timedelta(seconds=2 * STEP_SECONDS)
    assert step_of(SECRET, code, MONDAY_MORNING) is not None
    assert step_of(SECRET, code, later) is None


async def test_the_demo_asks_for_no_second_factor(tmp_path: Path) -> None:
    async with open_desk(tmp_path, demo=True) as desk, desk.client() as client:
        await desk.staff.set_password(ANNA, PASSWORD)
        await try_login(client, ANNA, PASSWORD)
        assert (await client.get("/desk")).status_code == 200


class CountedHasher(PasswordHasher):
    """Compares as ever, and keeps how costly each hash was that it compared with."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.compared: list[Parameters] = []

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
        self.compared.append(extract_parameters(str(hash)))
        return super().verify(hash, password)


async def test_an_unknown_name_gets_the_same_answer_after_the_same_work(tmp_path: Path) -> None:
    hasher = CountedHasher()
    async with open_desk(tmp_path, hashing=Hashing(hasher)) as desk, desk.client() as client:
        await desk.staff.set_password(ANNA, PASSWORD)
        known = await try_login(client, ANNA, "fel lösenord")
        work, hasher.compared = hasher.compared, []
        unknown = await try_login(client, "Ingen", "fel lösenord")
    assert known.status_code == unknown.status_code == 403
    assert hidden_away(known.text).replace(ANNA, "Ingen") == hidden_away(unknown.text)
    assert work
    assert hasher.compared == work


def hidden_away(html: str) -> str:
    return html.replace(hidden(html, "csrf"), "")


async def test_guessing_is_delayed_for_that_name_and_for_nobody_else(desk: DeskHouse) -> None:
    await desk.staff.set_password(ANNA, PASSWORD)
    await desk.staff.set_password(BO, PASSWORD)
    async with desk.client() as client:
        for _ in range(FREE):
            assert (await try_login(client, ANNA, "fel lösenord")).status_code == 403
        waits = await try_login(client, ANNA, PASSWORD)
        assert waits.status_code == 429
        assert f"Vänta {waits.headers['retry-after']} sekunder" in waits.text
        async with desk.client() as another:
            assert (await try_login(another, BO, PASSWORD)).status_code == 303
        desk.clock.move(seconds=int(waits.headers["retry-after"]))
        assert (await try_login(client, ANNA, PASSWORD)).status_code == 303


async def test_codes_are_not_guessed_freely_either(desk: DeskHouse) -> None:
    async with desk.client() as client:
        await enrolled(desk, client)
    async with desk.client() as client:
        await try_login(client, ANNA, PASSWORD)
        answers = [(await send_code(client, "000000")).status_code for _ in range(FREE + 1)]
    assert answers == [403] * FREE + [429]


def test_ten_thousand_guesses_take_months() -> None:
    guesses, now = Guesses(), MONDAY_MORNING
    for _ in range(10_000):
        while seconds := guesses.begin(ANNA, now):
            now += timedelta(seconds=seconds)
    assert now - MONDAY_MORNING > timedelta(days=100)
    assert now - MONDAY_MORNING < 10_000 * (LONGEST_WAIT + timedelta(seconds=2))


def test_a_hundred_guesses_at_once_gain_nothing() -> None:
    guesses = Guesses()
    tried = [guesses.begin(ANNA, MONDAY_MORNING) for _ in range(100)]
    assert tried.count(0) == FREE


async def test_a_desk_where_nothing_is_done_is_logged_out(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    desk.clock.move(minutes=14, seconds=59)
    assert (await anna.get("/desk")).status_code == 200
    desk.clock.move(minutes=IDLE.total_seconds() / 60)
    assert (await anna.get("/desk")).headers["location"] == "/desk/login"
    assert "Du är utloggad. Logga in igen." in await anna.page("/desk/login")


async def test_who_comes_to_the_door_for_the_first_time_is_not_told_of_a_log_out(
    desk: DeskHouse,
) -> None:
    async with desk.client() as stranger:
        assert "utloggad" not in (await stranger.get("/desk/login")).text


async def test_what_the_page_asks_by_itself_is_no_sign_of_a_person(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    answers = []
    for _ in range(4):
        desk.clock.move(minutes=4)
        answers.append((await anna.get("/desk/pulse")).status_code)
    assert answers == [200, 200, 200, 303]


async def test_nobody_is_logged_out_in_the_middle_of_a_talk(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    await desk.visitor("Hej")
    await anna.post("/desk/next")
    desk.clock.move(hours=1)
    assert (await anna.get("/desk")).status_code == 200


async def test_ten_hours_is_the_longest_whatever_goes_on(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    await desk.visitor("Hej")
    await anna.post("/desk/next")
    desk.clock.move(hours=LONGEST.total_seconds() / 3600)
    assert (await anna.get("/desk")).headers["location"] == "/desk/login"


async def test_logging_out_ends_the_login_and_leaves_the_desk(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    assert ANNA in desk.house.board.shop.presence.present(desk.clock())
    await anna.post("/desk/logout")
    assert await desk.staff.session(anna.token) is None
    assert not desk.house.board.shop.presence.present(desk.clock())


async def test_status_comes_back_after_a_restart_with_the_first_sign_of_life(
    tmp_path: Path,
) -> None:
    async with open_desk(tmp_path) as desk:
        token = (await desk.person(ANNA)).token
    async with open_desk(tmp_path) as desk, desk.client() as client:
        assert not desk.house.board.shop.presence.present(desk.clock())
        client.cookies.set("desk", token)
        await client.get("/desk/pulse")
        assert desk.house.board.shop.presence.present(desk.clock()) == {ANNA}


async def test_yesterdays_status_is_no_promise_for_today(desk: DeskHouse) -> None:
    await desk.person(ANNA)
    desk.clock.move(hours=20)
    async with desk.client() as client:
        await try_login(client, ANNA, PASSWORD)
    member = await desk.staff.member(ANNA)
    assert member
    assert member.status == "away"


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(tmp_path: Path) -> None:
    url = "https://chatt.example.org"
    async with open_desk(tmp_path, demo=True, url=url) as desk:
        await desk.staff.set_password(ANNA, PASSWORD)
        transport = httpx.ASGITransport(app=desk.site)
        async with httpx.AsyncClient(transport=transport, base_url=url) as client:
            cookie = (await try_login(client, ANNA, PASSWORD)).headers["set-cookie"]
    assert cookie.startswith("__Host-desk=")
    assert {"HttpOnly", "Secure", "SameSite=strict", "Path=/"} <= set(
        cookie.split(", ")[0].split("; ")
    )


async def test_unequal_or_short_passwords_are_not_chosen(desk: DeskHouse) -> None:
    code = await desk.staff.reset(ANNA)
    async with desk.client() as client:
        await try_login(client, ANNA, code)
        csrf = hidden((await client.get("/desk/password")).text, "csrf")
        for one, other in ((PASSWORD, "något annat långt"), ("kort", "kort")):
            chosen = {"password": one, "again": other, "csrf": csrf}
            assert (await client.post("/desk/password", data=chosen)).status_code == 422


async def test_who_is_in_is_not_asked_again(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    for path in ("/desk/login", "/desk/password", "/desk/code"):
        assert (await anna.get(path)).headers["location"] == "/desk"
    for path in ("/desk/password", "/desk/code"):
        answer = await anna.post(path, password="x" * 20, again="x" * 20, code="000000")
        assert answer.headers["location"] == "/desk"
    assert await desk.staff.is_let_in(ANNA, PASSWORD)


async def test_logging_in_again_ends_the_login_before(desk: DeskHouse) -> None:
    await desk.staff.set_password(ANNA, PASSWORD)
    async with desk.client() as client:
        page = (await client.get("/desk/login")).text
        fields = {"name": ANNA, "secret": PASSWORD, "csrf": hidden(page, "csrf")}
        await client.post("/desk/login", data=fields)
        first = client.cookies["desk"]
        client.cookies.set("desk-door", fields["csrf"])
        await client.post("/desk/login", data=fields)
    assert await desk.staff.session(first) is None


async def test_a_script_whose_login_has_ended_is_told_so(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    await anna.post("/desk/logout")
    answer = await anna.script("/desk/awake")
    assert answer.status_code == 401
    assert "utloggad" in answer.json()["sentence"]


async def test_a_script_with_an_old_token_is_told_so(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    anna.csrf = "gammal"
    answer = await anna.script("/desk/awake")
    assert answer.status_code == 403
    assert "Ladda om" in answer.json()["sentence"]
