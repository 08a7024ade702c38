from flows.channels import TELEGRAM, can_be_reached, keeps_copies
from flows.effects import ForgetReminder, Remind, Say, Unsend
from flows.events import Reminded
from flows.states import Erasing, Menu
from tests.fakes import offered, said, stay
from tests.walks import steps

ELSEWHERE_ALONE = {"disclosure-copies", "reminder-set", "reminder-open", "referral-sent"}
"""Texts that only a visitor on Telegram may get."""


def test_telegram_keeps_copies_and_can_be_rung_and_the_web_does_neither() -> None:
    telegram, web = Menu(stay(channel=TELEGRAM)), Menu(stay())
    assert (keeps_copies(telegram), can_be_reached(telegram)) == (True, True)
    assert (keeps_copies(web), can_be_reached(web)) == (False, False)


def test_on_the_web_nothing_shows_of_what_telegram_alone_needs() -> None:
    """But for the word that comes to who has asked for it, since nobody there can."""
    steps_there = (each for each in steps() if each.before.stay.channel == "web")
    on_web = [each for each in steps_there if not isinstance(each.event, Reminded)]
    assert len(on_web) > 1_000
    for each in on_web:
        assert not any(isinstance(e, Unsend | Remind | ForgetReminder) for e in each.turn.effects)
        assert not any(isinstance(e, Say) and e.text in ELSEWHERE_ALONE for e in each.turn.effects)
        assert "remind" not in offered(each.turn)
        assert not isinstance(each.turn.state, Erasing)


def test_on_telegram_all_of_it_is_met() -> None:
    on_telegram = [each for each in steps() if each.before.stay.channel == TELEGRAM]
    texts = {text for each in on_telegram for text in said(each.turn)}
    effects = {type(effect) for each in on_telegram for effect in each.turn.effects}
    assert texts >= ELSEWHERE_ALONE
    assert effects >= {Unsend, Remind, ForgetReminder}
