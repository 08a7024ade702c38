from flows.internal_report import internal
from flows.report import QuestionTable, Report
from tests.flows.contacts import FORM, MONTH, Record, columns, contacts, parts


def report(*some: list[Record]) -> Report:
    return internal(FORM, columns(*some), first=MONTH, last=MONTH)


def waits(made: Report, group: str = "all") -> QuestionTable:
    return made.groups[group].questions["wait_minutes"]


def calls(n: int, **answers: str) -> list[Record]:
    return contacts(n, wait_minutes="", **answers)


WEB = contacts(50, channel="web", wait_minutes=["2"] * 30 + ["7"] * 20)
TELEGRAM = contacts(20, channel="telegram", wait_minutes="2")


def test_how_many_waits_are_known_does_not_tell_how_few_called() -> None:
    made = report(WEB, TELEGRAM, calls(3))
    assert made.contacts == 73
    assert made.groups["all"].questions["channel"].answers["phone"].n is None
    for group in ("all", "used_violence", "primary_group"):
        assert waits(made, group).base is None
        shown = [cell.n for cell in waits(made, group).answers.values() if cell.n is not None]
        assert sum(shown) < 70


def test_how_many_waits_are_known_does_not_tell_of_calls_that_hide_another_channel() -> None:
    made = report(WEB, contacts(3, channel="telegram", wait_minutes="2"), calls(8))
    channel = made.groups["all"].questions["channel"].answers
    assert (channel["phone"].n, channel["telegram"].n) == (None, None)
    assert waits(made).base is None


def test_calls_that_are_shown_leave_the_waits_their_base() -> None:
    made = report(WEB, TELEGRAM, calls(30))
    assert made.groups["all"].questions["channel"].answers["phone"].n == 30
    assert waits(made).base == 70
    assert [cell.n for cell in waits(made).answers.values()] == [50, 20, None, None, None]


def test_few_calls_of_which_the_wait_is_known_take_no_base_with_them() -> None:
    assert waits(report(WEB, TELEGRAM, contacts(3, wait_minutes="2"))).base == 73


def test_few_calls_of_one_role_hide_the_base_of_that_role_and_of_one_more() -> None:
    exposed = contacts(20, role="exposed", channel="web"), calls(3, role="exposed")
    relative = contacts(20, role="relative", channel="web"), calls(9, role="relative")
    made = report(WEB, calls(30), *exposed, *relative)
    assert waits(made, "exposed").base is None
    assert None in {waits(made, group).base for group in ("all", "used_violence", "relative")}


def test_how_many_said_whether_it_helped_does_not_tell_how_few_called() -> None:
    said = contacts(50, channel="web", helped=parts(better=30, same=20))
    made = report(said, TELEGRAM, contacts(3, helped="not_asked"))
    helped = made.groups["all"].questions["helped"]
    assert (helped.base, helped.not_asked) == (None, None)


def test_how_many_talks_were_measured_does_not_tell_how_few_called() -> None:
    left = contacts(20, channel="web", outcome="left_queue", wait_minutes="6")
    made = report(WEB, TELEGRAM, left, contacts(3, talk_minutes=""))
    assert made.groups["all"].questions["talk_minutes"].base is None
    assert waits(made).base == 93
