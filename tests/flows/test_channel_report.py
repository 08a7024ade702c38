from flows.bands import MISSING
from flows.channel_report import COMPARED, Channel, channels
from flows.report import Cell
from tests.flows.contacts import FORM, MONTH, Record, columns, contacts, parts

EVERY_CHANNEL = {code.code for code in FORM.by_name["channel"].codes} - set(MISSING)


def by_channel(*some: list[Record]) -> dict[str, Channel]:
    return channels(FORM, columns(*some), first=MONTH, last=MONTH)


def test_channels_stand_side_by_side_with_waiting_length_outcome_and_help() -> None:
    by_phone = contacts(
        50,
        wait_minutes=["1"] * 40 + ["7"] * 10,
        talk_minutes=["20"] * 30 + ["45"] * 20,
        helped=parts(better=35, same=15),
    )
    on_the_web = contacts(30, channel="web", outcome=parts(completed=20, interrupted=10))
    left = contacts(10, channel="web", outcome="left_queue", wait_minutes="12")
    found = by_channel(by_phone, on_the_web, left)
    phone, web = found["phone"], found["web"]
    assert (phone.n, web.n) == (50, 40)
    assert phone.questions["wait_minutes"].answers["5-14"] == Cell(10, 20)
    assert phone.questions["talk_minutes"].answers["30-59"] == Cell(20, 40)
    assert phone.questions["helped"].answers["better"] == Cell(35, 70)
    assert web.questions["outcome"].answers["left_queue"] == Cell(10, 25)
    assert web.questions["helped"].base == 30


def test_every_channel_of_the_form_is_there_and_one_that_few_used_tells_nothing() -> None:
    found = by_channel(contacts(50), contacts(40, channel="web"), contacts(3, channel="telegram"))
    assert list(found) == [code.code for code in FORM.by_name["channel"].codes]
    assert found["telegram"].n is None
    for name in COMPARED:
        table = found["telegram"].questions[name]
        assert table.base is None
        assert {cell.n for cell in table.answers.values()} == {None}


def test_a_channel_does_not_tell_what_another_hides() -> None:
    found = by_channel(
        contacts(50, helped=parts(better=30, same=20)),
        contacts(40, channel="web", helped=parts(better=20, same=17, worse=3)),
    )
    worse = [found[name].questions["helped"].answers["worse"].n for name in ("phone", "web")]
    assert worse == [None, None]
    assert found["web"].questions["helped"].answers["same"].n is None
    assert found["phone"].questions["helped"].answers["better"].n == 30


def test_of_a_channel_that_is_hidden_for_another_nothing_is_shown() -> None:
    found = by_channel(contacts(50), contacts(7, channel="web"), contacts(3, channel="telegram"))
    assert found["web"].n is None
    assert {table.base for table in found["web"].questions.values()} == {None}


def test_few_on_one_channel_cannot_be_worked_out_from_the_other_channels() -> None:
    others = [
        contacts(40, channel=code, helped=parts(better=20, same=10, worse=10))
        for code in EVERY_CHANNEL - {"web"}
    ]
    found = by_channel(
        *others, contacts(40, channel="web", helped=parts(better=30, same=7, worse=3))
    )
    for code in ("same", "worse"):
        seen = [found[name].questions["helped"].answers[code].n for name in EVERY_CHANNEL]
        assert seen.count(None) > 1


def test_how_many_left_the_queue_does_not_tell_how_few_were_interrupted() -> None:
    of_both_roles = [
        contacts(20, channel=code, role=role)
        for code in EVERY_CHANNEL
        for role in ("uses_violence", "exposed")
    ]
    interrupted = [contacts(3, channel="web", outcome="interrupted")]
    interrupted += [contacts(10, channel="phone", outcome="interrupted")]
    left = [contacts(7, channel="web", outcome="left_queue")]
    left += [contacts(10, channel="web", outcome="silent_or_misuse")]
    table = by_channel(*of_both_roles, *interrupted, *left)["web"].questions["outcome"]
    assert table.answers["interrupted"].n is None
    assert table.answers["completed"].n is None
