"""Plays a conversation that is written down, and shows where the helpline now says otherwise.

A transcript stands in tests/transcripts/ and is Swedish, so that a counsellor can read and correct
it. First come a title and what is so at the start, then what people do and what comes of it:

    # En man som slog i går
    Tid: 2026-11-16 kl. 10.00          (a Monday; Stockholm's clocks)
    På plats: Anna, Bo                 (or: ingen)
    Öppet: ja                          (checked against the hours)
    Före i kön: 2                      (may be left out)
    Kanal: telegram                    (may be left out: the web)
    Kampanj: buss = public_transport   (may be left out; how the service file names one)

What people do. Each begins a line; a line that goes on is indented.

    Besökaren öppnar sidan             (or: kommer tillbaka)
    Besökaren: jag behöver hjälp
    Besökaren trycker: Skriv med en rådgivare
    Besökaren skickar en bild          (or anything else that is not words)
    Besökaren lämnar sidan             (or: blockerar oss)
    Besökaren skriver kommandot: /radera
    Besökaren ändrar till: …           (the last words that were kept)
    Besökaren skriver för fort         (what they wrote was not taken)
    Anna tar samtalet                  (Anna or any other name)
    Anna: Hej, jag heter Anna.
    Anna skickar: Manscentrum          (an entry of the directory, as a counsellor searches)
    Anna lämnar tillbaka samtalet
    Anna avslutar samtalet
    Anna tappar anslutningen
    (Bo kommer) (Anna går) (25 minuter går) (Före i kön: 0) (Anna har 2 samtal)
    (Telegram är tömt) (Påminnelsen går iväg)
    (Det vi skriver dröjer) (Det vi skriver kommer fram)

What comes of it, word for word; line breaks do not count.

    Svar: …  [Knapp] [Knapp]           what the visitor reads from us; a talk's words are not echoed
    Anna ser: …                        at the start of her talk, and where words were masked
    Anna ser inga ord.
    Anna ser ändringen: …              both versions stand
    Anna ser rådgivarens ord: …        what an earlier counsellor wrote
    Anna ser en notering: …            what we tell her beside the talk
    Anna får svaret: …                 her order was not carried out
    Formuläret: role=exposed           what the system writes into the contact form
    Statistiken: lämnade kön efter 7 minuter
    Påminnelsen: sparas                (or: glöms)
    (Båda sidors meddelanden tas bort på Telegram.)
    (Allt är raderat.)

When texts change on purpose, write all transcripts anew and read what git shows:

    .venv/bin/python -m tests.transcript
"""

import re
import textwrap
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

from flows.events import (
    Departed,
    Emptied,
    Ended,
    HandedBack,
    Hurried,
    Opened,
    Reminded,
    Said,
    SentUnsupported,
    Vanished,
    Wrote,
)
from tests.cast import STOCKHOLM
from tests.fakes import Clock, world
from tests.stage import INDENT, WIDTH, Stage

FOLDER = Path(__file__).parent / "transcripts"

COMES_OF_IT = re.compile(
    r"(Svar|Formuläret|Statistiken|Påminnelsen): |\((Allt är|Båda sidors) |\w+ (ser|får svaret)\b"
)

Act = Callable[..., None]
ACTS: Mapping[str, Act] = {
    r"Besökaren (?:öppnar sidan|kommer tillbaka)": lambda s: s.visitor(Opened()),
    r"Besökaren: (.+)": lambda s, text: s.visitor(Wrote(text)),
    r"Besökaren trycker: (.+)": lambda s, label: s.press(label),
    r"Besökaren skriver kommandot: /(\S+)(?: (.+))?": lambda s, name, rest: s.command(name, rest),
    r"Besökaren ändrar till: (.+)": lambda s, text: s.change(text),
    r"Besökaren skriver för fort": lambda s: s.visitor(Hurried()),
    r"Besökaren skickar .+": lambda s: s.visitor(SentUnsupported()),
    r"Besökaren (?:lämnar sidan|blockerar oss)": lambda s: s.visitor(Departed()),
    r"(\w+) tar samtalet": lambda s, who: s.claim(who),
    r"(\w+) skickar: (.+)": lambda s, who, words: s.attach(who, words),
    r"(\w+) lämnar tillbaka samtalet": lambda s, who: s.happen(HandedBack(who)),
    r"(\w+) avslutar samtalet": lambda s, who: s.happen(Ended(who)),
    r"(\w+) tappar anslutningen": lambda s, who: s.happen(Vanished(who)),
    r"(\w+): (.+)": lambda s, who, text: s.happen(Said(who, text)),
    r"\(Telegram är tömt\)": lambda s: s.happen(Emptied()),
    r"\(Påminnelsen går iväg\)": lambda s: s.visitor(Reminded()),
    r"\(Det vi skriver dröjer\)": lambda s: setattr(s, "has_unsent", True),
    r"\(Det vi skriver kommer fram\)": lambda s: setattr(s, "has_unsent", False),
    r"\((\d+) minuter går\)": lambda s, minutes: s.wait(int(minutes)),
    r"\(Före i kön: (\d+)\)": lambda s, ahead: setattr(s, "ahead", int(ahead)),
    r"\((\w+) har (\d+) samtal\)": lambda s, who, n: s.holding.update({who: int(n)}),
    r"\((\w+) kommer\)": lambda s, who: s.present.add(who),
    r"\((\w+) går\)": lambda s, who: s.present.discard(who),
}
"""What a line says, and what is then done."""


def played(text: str) -> str:
    """Play a transcript: the same acts, with what comes of them now."""
    head, _, rest = text.strip().partition("\n\n")
    stage = _set(head)
    written = [head]
    for entry in _entries(rest):
        if COMES_OF_IT.match(entry):
            continue
        _act(stage, entry)
        written.append("\n".join((_wrapped(entry), *map(_wrapped, stage.came))))
        stage.came.clear()
    return "\n\n".join(written) + "\n"


def words(text: str) -> list[str]:
    """The entries of a transcript, without the line breaks that do not count."""
    return [" ".join(entry.split()) for entry in _entries(text)]


def _set(head: str) -> Stage:
    """Set the stage as the head of the transcript says."""
    said = dict(re.findall(r"^(\S.*?): (.+)$", head, re.MULTILINE))
    now = datetime.strptime(said["Tid"], "%Y-%m-%d kl. %H.%M").replace(tzinfo=STOCKHOLM)
    present = set(said["På plats"].split(", ")) - {"ingen"}
    if world(now).is_open != (said["Öppet"] == "ja"):
        raise ValueError(f"At {said['Tid']} it is not so that Öppet: {said['Öppet']}.")
    code, _, answer = said.get("Kampanj", "").partition(" = ")
    line = world().line.model_copy(update={"campaigns": {code: answer} if code else {}})
    ahead = int(said.get("Före i kön", "0"))
    return Stage(Clock(now), present, ahead, said.get("Kanal", "web"), line)


def _entries(text: str) -> list[str]:
    """Cut the text where a line begins without an indent."""
    return [entry.strip() for entry in re.split(r"\n+(?=\S)", text) if entry.strip()]


def _act(stage: Stage, entry: str) -> None:
    line = " ".join(entry.split())
    for pattern, act in ACTS.items():
        if found := re.fullmatch(pattern, line):
            act(stage, *found.groups())
            return
    raise ValueError(f"Nobody can do this in a transcript: {line!r}")


def _wrapped(entry: str) -> str:
    lines = (line.strip() for line in entry.splitlines() if line.strip())
    wrap = partial(textwrap.wrap, width=WIDTH - len(INDENT), break_on_hyphens=False)
    return f"\n{INDENT}".join(row for line in lines for row in wrap(line))


def write_anew() -> None:
    """Write every transcript as it would be played now."""
    for path in sorted(FOLDER.glob("*.txt")):
        path.write_text(played(path.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    write_anew()
