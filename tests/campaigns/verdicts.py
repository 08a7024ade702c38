"""What must hold when everybody has stopped: nothing lost, doubled or reordered, nothing left."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, fields
from http import HTTPStatus
from pathlib import Path

from bot.conversation import Address, Conversation
from bot.shipped import read_texts
from bot.store.changes import Loaded
from flows.channels import TELEGRAM
from tests.campaigns.people import WORD_TO
from tests.campaigns.service import Service
from tests.campaigns.telegram_people import Texter
from tests.campaigns.town import Town
from tests.emulator.phones import Shown
from tests.emulator.telegram import Telegram

WEB = "web"
MARK = read_texts().say("sv", "sent-again")
"""How a message begins that may have come already."""

HELLO = "Hej. Det är bra"
"""How the greeting begins."""

DONE = (HTTPStatus.OK, 0)
"""Of a call that was done; 0: its answer reached nobody."""

ROWS_OF = ("conversations", "messages", "outbox", "drafts", "reminders")


@dataclass(slots=True)
class Tally:
    """What was counted. Of `faults` there must be none."""

    kills: int = 0
    written: int = 0
    said: int = 0
    lost: int = 0
    doubled: int = 0
    reordered: int = 0
    repeats: int = 0
    erasures: int = 0
    left_in_doubt: int = 0
    faults: list[str] = field(default_factory=list)

    def __add__(self, other: "Tally") -> "Tally":
        """Both together."""
        names = [each.name for each in fields(self)]
        return Tally(*(getattr(self, name) + getattr(other, name) for name in names))

    def __str__(self) -> str:
        return (
            f"{self.kills} kills, {self.written} words of visitors and {self.said} of counsellors: "
            f"{self.lost} lost, {self.doubled} doubled, {self.reordered} reordered; "
            f"{self.repeats} sent again with the mark; "
            f"{self.erasures} erasures, {self.left_in_doubt} messages in doubt left by them"
        )

    def compare(self, written: Sequence[str], found: Sequence[str]) -> None:
        """Count what became of numbered words, each of which is there but once."""
        self.lost += (Counter(written) - Counter(found)).total()
        self.doubled += (Counter(found) - Counter(written)).total()
        in_order = [each for each in written if each in set(found)]
        self.reordered += list(dict.fromkeys(found)) != in_order

    def judge(self, *, holds: bool, fault: str) -> None:
        if not holds:
            self.faults.append(fault)


@dataclass(frozen=True, slots=True)
class Sending:
    """A message that Telegram took, in which life of the program, and after how many greetings.

    Another greeting may be another conversation: one may be erased while the next begins.
    """

    life: int
    chat: int
    greetings: int
    text: str
    is_marked: bool


def sendings(telegram: Telegram) -> Iterator[Sending]:
    """All of them in order; each life of the program begins by asking who it is."""
    life, greetings = 0, Counter[int]()
    for call in telegram.calls:
        life += call.method == "getMe"
        if call.method == "sendMessage" and call.status in DONE:
            text, chat = str(call.params["text"]), call.params["chat_id"]
            greetings[chat] += text.startswith(HELLO)
            bare = _bare(text)
            yield Sending(life, chat, greetings[chat], bare, is_marked=bare != text)


async def verdict(town: Town) -> Tally:
    """Look at what is left of a program that has settled and was ended."""
    tally = Tally(kills=town.kills)
    rows = rows_left(town.service)
    left = await town.service.left()
    _nothing_else_is_left(tally, town, rows, left)
    by_address = {each.address: each for each in left.conversations}
    for visitor in town.visitors:
        _web_words(tally, town, by_address[Address(WEB, visitor.token)], visitor.acknowledged)
    sent = list(sendings(town.telegram))
    for texter in town.texters:
        if found := by_address.get(Address(TELEGRAM, str(texter.phone.id))):
            _telegram_words(tally, town, found, texter)
        _nothing_erased_is_left(tally, texter, found, sent)
        _repeats(tally, texter, sent)
    _discretion(tally, town)
    return tally


def rows_left(service: Service) -> Mapping[str, frozenset[str]]:
    """Whose rows lie in the live store, by table, whether or not they can be read."""
    path = service.data / "live.db"
    with closing(sqlite3.connect(path)) as live:
        return {table: _ids(live, table) for table in ROWS_OF}


def _ids(live: sqlite3.Connection, table: str) -> frozenset[str]:
    column = "conversation" if table in {"messages", "outbox"} else "id"
    return frozenset(id for (id,) in live.execute(f"SELECT {column} FROM {table}"))  # noqa: S608 - ours


def _nothing_else_is_left(
    tally: Tally, town: Town, rows: Mapping[str, frozenset[str]], left: Loaded
) -> None:
    """Conversations of those who are here, forms, and nothing else: no row, no key."""
    web = {Address(WEB, each.token) for each in town.visitors}
    here = {Address(TELEGRAM, str(each.phone.id)) for each in town.texters if each.is_here}
    addresses = Counter(each.address for each in left.conversations)
    tally.judge(holds=addresses == Counter(web | here), fault="conversations are not those of now")
    open_ids = {each.id for each in left.conversations}
    forms = {each.id for each in left.drafts}
    of_talks = rows["conversations"] | rows["messages"] | rows["outbox"]
    tally.judge(holds=of_talks == open_ids, fault="rows of an erased conversation are left")
    tally.judge(holds=rows["drafts"] == forms, fault="rows of forms cannot be read")
    tally.judge(holds=keys_left(town.service.keys) == open_ids | forms, fault="keys are left")


def keys_left(folder: Path) -> set[str]:
    return {path.stem for path in folder.glob("*.key")}


def said(conversation: Conversation, author: str) -> list[str]:
    return [message.text for message in conversation.messages if message.author == author]


def _counsellors_words(town: Town, talk: str) -> list[str]:
    """What counsellors were told has arrived in one talk."""
    return [text for each in town.counsellors for text in each.heard_in.get(talk, ())]


def _web_words(tally: Tally, town: Town, found: Conversation, words: Sequence[str]) -> None:
    ours = _counsellors_words(town, found.id)
    tally.written += len(words)
    tally.said += len(ours)
    tally.compare(words, said(found, "visitor"))
    tally.compare(ours, said(found, "counsellor"))


def _telegram_words(tally: Tally, town: Town, found: Conversation, texter: Texter) -> None:
    """Every word once at the desk, changes beside what they change; every answer on the phone."""
    ours, told = _counsellors_words(town, found.id), [each.text for each in texter.told]
    tally.written += len(told)
    tally.said += len(ours)
    tally.compare(told, said(found, "visitor"))
    tally.compare(ours, said(found, "counsellor"))
    words = [message for message in found.messages if message.author == "visitor"]
    for message, each in zip(words, texter.told, strict=False):
        first = words[each.changes].seq if each.changes >= 0 else 0
        tally.judge(holds=message.amends == first, fault="a change stands beside other words")
    shown = _words_to(found.id, texter.phone.texts)
    tally.compare(ours, list(dict.fromkeys(shown)))
    tally.judge(holds=not (found.outbox or found.doomed), fault="something was never sent")


def _words_to(talk: str, texts: Sequence[str]) -> list[str]:
    """The words of one talk's counsellor among these texts, without the mark of a repeat."""
    found = filter(None, map(WORD_TO.search, texts))
    return [each[0] for each in found if each[1] == talk]


def _nothing_erased_is_left(
    tally: Tally, texter: Texter, found: Conversation | None, sent: Sequence[Sending]
) -> None:
    """Of what was erased only messages are left of which the program never learnt the number."""
    tally.erasures += texter.erased
    until = texter.began if texter.is_here else float("inf")
    old = [each for each in texter.phone.shown() if each.message_id < until]
    late = [each for each in texter.phone.shown() if each not in old and _is_to_other(each, found)]
    tally.judge(holds=not any(each.mine for each in old), fault="erased words of theirs are left")
    left = Counter(_bare(each.text) for each in (*old, *late))
    in_doubt = Counter(each.text for each in last_ones(sent, texter.phone.id))
    tally.left_in_doubt += left.total()
    tally.judge(holds=left <= in_doubt, fault="erased words of ours are left that had arrived")


def _is_to_other(shown: Shown, found: Conversation | None) -> bool:
    """Whether a counsellor wrote it in another conversation than the one that is open."""
    word = WORD_TO.search(shown.text)
    return word is not None and not (found and found.id == word[1])


def _bare(text: str) -> str:
    return text.removeprefix(MARK).lstrip()


def last_ones(sent: Sequence[Sending], chat: int) -> list[Sending]:
    """The last message of each conversation in each life: what a kill may have left in doubt."""
    mine = (each for each in sent if each.chat == chat)
    return list({(each.life, each.greetings): each for each in mine}.values())


def _repeats(tally: Tally, texter: Texter, sent: Sequence[Sending]) -> None:
    """At most one repeat for each crash, never without the mark and never out of order."""
    mine = [each for each in sent if each.chat == texter.phone.id]
    again = Counter(each.life for each in mine if each.is_marked)
    tally.repeats += again.total()
    tally.judge(holds=max(again.values(), default=0) <= 1, fault="two repeats after one crash")
    order: dict[str, list[int]] = defaultdict(list)
    plain: Counter[str] = Counter()
    for each in mine:
        if word := WORD_TO.fullmatch(each.text):
            order[word[1]].append(int(word[2]))
            plain[each.text] += not each.is_marked
    tally.judge(holds=max(plain.values(), default=0) <= 1, fault="a repeat without the mark")
    tally.judge(holds=all(ns == sorted(ns) for ns in order.values()), fault="sent out of order")


def _discretion(tally: Tally, town: Town) -> None:
    """Nothing indiscreet went to Telegram, nobody's words to the log, and nothing failed."""
    tally.faults += town.telegram.indiscretions
    log = town.service.log.read_text(encoding="utf-8")
    tally.judge(holds=" ord " not in log, fault="words stand in the log")
    for trouble in ("failed", "not-kept", "refused", "passed-over"):
        tally.judge(holds=trouble not in log, fault=f"the log says {trouble}")
