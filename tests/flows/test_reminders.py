from datetime import timedelta

import pytest

from flows.effects import ForgetReminder, Remind, Say
from flows.events import AskedMenu, AskedReminder, AskedTalk, Event, Opened, Reminded, Wrote
from flows.line import DatedException
from flows.machine import step
from flows.states import Closing, Deciding, Menu, Open, Seeking, Talking, Waiting
from flows.world import World
from tests.cast import ANNA, MONDAY_EVENING, MONDAY_MORNING, WEDNESDAY
from tests.fakes import offered, on_telegram, read, said, stay, world
from tests.walks import steps

MENU = on_telegram(Menu(stay()))
WITH_BOT: tuple[Open, ...] = (
    MENU,
    on_telegram(Seeking(stay())),
    on_telegram(Deciding(stay())),
)
WITH_SOMEBODY: tuple[Open, ...] = (
    on_telegram(Waiting(stay(), MONDAY_MORNING, MONDAY_MORNING)),
    on_telegram(Talking(stay(), ANNA, MONDAY_MORNING, "draft")),
    on_telegram(Closing(stay(), MONDAY_MORNING, "draft")),
)


def closed_for(days: int) -> World:
    """It is Monday evening, and the line stays closed for so many days more."""
    until = MONDAY_EVENING.date() + timedelta(days=days)
    away = DatedException.model_validate(
        {"from": MONDAY_EVENING.date(), "to": until, "reason": "Vi har uppehåll."}
    )
    line = world().line.model_copy(update={"exceptions": (away,)})
    return world(MONDAY_EVENING, line=line)


@pytest.mark.parametrize("state", WITH_BOT)
@pytest.mark.parametrize(
    ("around", "when"),
    [
        (world(MONDAY_EVENING), "Vi öppnar i morgon kl. 08.30, och skriver till dig här"),
        (world(WEDNESDAY), "Vi öppnar på fredag kl. 08.30, och skriver till dig här"),
        (world(present=0), "Vi skriver till dig här så snart någon är på plats."),
    ],
)
def test_who_came_when_nobody_was_there_is_promised_a_word(
    state: Open, around: World, when: str
) -> None:
    turn = step(state, AskedReminder(), around)
    assert turn.effects[0] == Remind()
    assert read(turn).startswith(when)
    assert type(turn.state) is type(state)


def test_the_promise_says_what_is_kept_for_how_long_and_how_it_is_taken_back() -> None:
    text = read(step(MENU, AskedReminder(), world(MONDAY_EVENING)))
    assert "sparar vi bara att den här chatten vill veta det, låst" in text
    assert "Efter 7 dagar glömmer vi det" in text
    assert "Startar vår server om innan dess glömmer vi det" in text
    assert "skriver du /radera och trycker på ”Radera allt nu”" in text
    assert "utan ljud, men kan synas på en låst telefon" in text


def test_who_asks_while_somebody_is_there_is_offered_the_talk_instead() -> None:
    turn = step(MENU, AskedReminder(), world(present=1))
    assert Remind() not in turn.effects
    assert said(turn) == ["reminder-open"]
    assert "talk" in offered(turn)


def test_no_word_is_promised_that_would_be_forgotten_before_it_is_due() -> None:
    assert "remind" in offered(step(MENU, Opened(), closed_for(days=6)))
    assert "remind" not in offered(step(MENU, Opened(), closed_for(days=10)))
    turn = step(MENU, AskedReminder(), closed_for(days=10))
    assert Remind() not in turn.effects
    assert said(turn) == ["no-human"]


def test_no_word_is_promised_where_no_opening_is_known() -> None:
    never = world().line.model_copy(update={"hours": {}})
    around = world(line=never)
    assert "remind" not in offered(step(MENU, Opened(), around))
    assert said(step(MENU, AskedReminder(), around)) == ["no-human"]


def test_it_is_offered_only_when_nobody_is_there() -> None:
    assert "remind" in offered(step(MENU, Opened(), world(MONDAY_EVENING)))
    assert "remind" in offered(step(MENU, AskedTalk(), world(present=0)))
    assert "remind" not in offered(step(MENU, Opened(), world(present=1)))


def test_the_web_cannot_be_rung_so_there_it_is_never_offered_or_kept() -> None:
    web = Menu(stay())
    assert "remind" not in offered(step(web, Opened(), world(MONDAY_EVENING)))
    turn = step(web, AskedReminder(), world(MONDAY_EVENING))
    assert turn.state is web
    assert turn.effects == ()


@pytest.mark.parametrize("state", WITH_BOT)
def test_when_it_is_open_the_word_comes_and_leads_nowhere(state: Open) -> None:
    turn = step(state, Reminded(), world())
    assert turn.state == state
    assert said(turn) == ["reminder-open"]
    assert "talk" in offered(turn)


@pytest.mark.parametrize("event", [AskedReminder(), Reminded()])
@pytest.mark.parametrize("state", WITH_SOMEBODY)
def test_who_is_with_somebody_needs_no_word(state: Open, event: Event) -> None:
    turn = step(state, event, world())
    assert turn.state is state
    assert turn.effects == ()


def test_it_can_be_asked_for_in_words() -> None:
    turn = step(MENU, Wrote("Säg till när ni öppnar"), world(MONDAY_EVENING))
    assert turn.effects[0] == Remind()


def test_on_every_way_it_is_promised_only_where_and_when_it_can_be_kept() -> None:
    promised = [each for each in steps() if Remind() in each.turn.effects]
    assert promised
    for each in promised:
        assert each.before.stay.channel != "web"
        assert not each.world.has_human
    for each in steps():
        says = {effect.text for effect in each.turn.effects if isinstance(effect, Say)}
        assert ("reminder-set" in says) == (Remind() in each.turn.effects)
        assert not {Remind(), ForgetReminder()} <= set(each.turn.effects)


def test_who_has_the_promise_is_not_offered_it_again_until_it_is_kept() -> None:
    promised = step(MENU, AskedReminder(), world(MONDAY_EVENING))
    assert offered(promised) == ["places", "menu"]
    assert isinstance(promised.state, Menu)
    menu = step(promised.state, AskedMenu(), world(MONDAY_EVENING))
    assert "remind" not in offered(menu)
    told = step(promised.state, Reminded(), world(MONDAY_EVENING))
    assert "remind" in offered(told)


def test_an_old_button_promises_again() -> None:
    promised = step(MENU, AskedReminder(), world(MONDAY_EVENING)).state
    assert isinstance(promised, Menu)
    assert step(promised, AskedReminder(), world(MONDAY_EVENING)).effects[0] == Remind()
