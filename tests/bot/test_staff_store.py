from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store.staff import SHORTEST_PASSWORD, StaffError, StaffStore
from tests.bot.houses import Clock
from tests.cast import ANNA, BO, KARIN

PASSWORD = "ett långt lösenord"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def store(tmp_path: Path, clock: Clock) -> AsyncIterator[StaffStore]:
    opened = await StaffStore.open(tmp_path / "staff.db", clock=clock)
    yield opened
    await opened.close()


async def test_a_set_up_code_lets_in_until_a_password_is_chosen(store: StaffStore) -> None:
    code = await store.add(ANNA, "counsellor")
    assert await store.is_let_in(ANNA, code)
    await store.set_password(ANNA, PASSWORD)
    assert not await store.is_let_in(ANNA, code)
    assert await store.is_let_in(ANNA, PASSWORD)


async def test_a_set_up_code_is_good_for_three_days(store: StaffStore, clock: Clock) -> None:
    code = await store.add(ANNA, "counsellor")
    clock.move(hours=71, minutes=59)
    assert await store.is_let_in(ANNA, code)
    clock.move(minutes=1)
    assert not await store.is_let_in(ANNA, code)


async def test_neither_code_password_nor_token_is_in_the_file(
    store: StaffStore, tmp_path: Path
) -> None:
    code = await store.add(ANNA, "counsellor")
    await store.set_password(ANNA, PASSWORD)
    token = await store.begin_session(ANNA, confirmed=True)
    kept = (tmp_path / "staff.db").read_bytes()
    assert ANNA.encode() in kept
    assert not [secret for secret in (code, PASSWORD, token) if secret.encode() in kept]


async def test_everybody_is_listed_by_name(store: StaffStore) -> None:
    await store.add(KARIN, "coordinator")
    await store.add(ANNA, "counsellor")
    listed = [(member.name, member.role, member.disabled) for member in await store.list()]
    assert listed == [(ANNA, "counsellor", False), (KARIN, "coordinator", False)]


async def test_a_login_that_was_on_its_way_when_somebody_was_disabled_lets_nobody_in(
    store: StaffStore,
) -> None:
    await store.add(ANNA, "counsellor")
    await store.disable(ANNA)  # after the password was found right, which takes a while
    token = await store.begin_session(ANNA, confirmed=True)
    assert await store.session(token) is None


async def test_whoever_is_disabled_is_out_at_once(store: StaffStore) -> None:
    await store.add(ANNA, "counsellor")
    await store.set_password(ANNA, PASSWORD)
    token = await store.begin_session(ANNA, confirmed=True)
    await store.disable(ANNA)
    assert await store.session(token) is None
    assert not await store.is_let_in(ANNA, PASSWORD)


async def test_a_reset_forgets_password_second_factor_and_logins(store: StaffStore) -> None:
    await store.add(ANNA, "counsellor")
    await store.set_password(ANNA, PASSWORD)
    first = await store.totp_secret(ANNA, "FIRST")
    await store.use_totp_step(ANNA, 5)
    token = await store.begin_session(ANNA, confirmed=True)
    code = await store.reset(ANNA)
    assert await store.session(token) is None
    assert not await store.is_let_in(ANNA, PASSWORD)
    assert await store.is_let_in(ANNA, code)
    assert first != await store.totp_secret(ANNA, "SECOND")
    member = await store.member(ANNA)
    assert member
    assert not member.is_enrolled


async def test_a_new_password_ends_all_logins(store: StaffStore) -> None:
    await store.add(ANNA, "counsellor")
    token = await store.begin_session(ANNA, confirmed=True)
    await store.set_password(ANNA, PASSWORD)
    assert await store.session(token) is None


async def test_a_step_of_the_second_factor_works_once(store: StaffStore) -> None:
    await store.add(ANNA, "counsellor")
    assert await store.use_totp_step(ANNA, 100)
    assert not await store.use_totp_step(ANNA, 100)
    assert not await store.use_totp_step(ANNA, 99)
    assert await store.use_totp_step(ANNA, 101)


async def test_logins_and_status_survive_a_restart(store: StaffStore, tmp_path: Path) -> None:
    await store.add(ANNA, "counsellor")
    token = await store.begin_session(ANNA, confirmed=True)
    await store.set_status(ANNA, "paused")
    again = await StaffStore.open(tmp_path / "staff.db")
    session = await again.session(token)
    await again.close()
    assert session
    assert session.member.status == "paused"


async def test_old_logins_are_forgotten(store: StaffStore, clock: Clock) -> None:
    await store.add(ANNA, "counsellor")
    old = await store.begin_session(ANNA, confirmed=True)
    clock.move(hours=1)
    new = await store.begin_session(ANNA, confirmed=True)
    await store.end_sessions_before(clock.now)
    assert await store.session(old) is None
    assert await store.session(new)


@pytest.mark.parametrize("name", ["", " ", "a\nb", "Anna ", "<b>", "x" * 41, "Anna/code"])
async def test_an_odd_name_is_refused_in_a_sentence(store: StaffStore, name: str) -> None:
    with pytest.raises(StaffError, match="A name has"):
        await store.add(name, "counsellor")


async def test_the_same_name_twice_is_refused(store: StaffStore) -> None:
    await store.add(ANNA, "counsellor")
    with pytest.raises(StaffError, match="already somebody called Anna"):
        await store.add(ANNA, "coordinator")


async def test_the_same_name_in_another_case_is_refused(store: StaffStore) -> None:
    await store.add("Åsa Ek", "counsellor")
    with pytest.raises(StaffError, match="somebody called Åsa Ek"):
        await store.add("åsa EK", "coordinator")


async def test_a_short_password_is_refused_without_being_repeated(store: StaffStore) -> None:
    await store.add(ANNA, "counsellor")
    short = "x" * (SHORTEST_PASSWORD - 1)
    with pytest.raises(StaffError) as refused:
        await store.set_password(ANNA, short)
    assert short not in str(refused.value)


async def test_nobody_of_that_name_is_said(store: StaffStore) -> None:
    with pytest.raises(StaffError, match="nobody called Bo"):
        await store.disable(BO)
    with pytest.raises(StaffError, match="nobody called Bo"):
        await store.reset(BO)


async def test_a_password_is_kept_as_a_hash_that_takes_64_mib_to_try(tmp_path: Path) -> None:
    store = await StaffStore.open(tmp_path / "staff.db")
    await store.add(ANNA, "counsellor")
    await store.set_password(ANNA, PASSWORD)
    await store.close()
    assert b"$argon2id$v=19$m=65536,t=3," in (tmp_path / "staff.db").read_bytes()
