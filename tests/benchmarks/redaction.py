"""What redaction misses and what it finds for nothing, with everything the tests only sample.

python -m tests.benchmarks.redaction
"""

from bot.resources import read_reviewer
from flows.redaction import find
from flows.redaction_notes import Reviewer
from tests.effort import least_effort
from tests.flows.redaction_harmless import KINDS, harmless
from tests.flows.redaction_sentences import NAMES, NOTES, lines, sentences
from tests.flows.redaction_ways import WAYS, Chance, written

PER_KIND = 3_000
HARMLESS = 6_000
NOTE = 500
"""Characters of a note."""


def main() -> None:
    reviewer = read_reviewer()
    for name in WAYS:
        print(f"{name}: {_missed(name)} of {PER_KIND:,} missed")
    chance = Chance("benchmark")
    wrong = sum(bool(find(harmless(chance))) for _ in range(HARMLESS))
    print(
        f"harmless ({', '.join(KINDS)}): {wrong} of {HARMLESS:,} found, {1 - wrong / HARMLESS:.1%}"
    )
    for half in NAMES:
        _names(reviewer, half)
    for half in NOTES:
        notes = lines(half)
        warned = sum(bool(reviewer.review(note)) for note in notes)
        print(f"{half}: {warned} of {len(notes)} notes warned for nothing")
    _time(reviewer)


def _missed(name: str) -> int:
    write, kinds = WAYS[name]
    chance = Chance(f"{name} in full")
    texts = (written(chance, write) for _ in range(PER_KIND))
    return sum(not kinds & {each.kind for each in find(text)} for text in texts)


def _names(reviewer: Reviewer, half: str) -> None:
    every = found = 0
    for text, spans in sentences(half):
        names = [each for each in reviewer.review(text) if each.kind == "name"]
        every += len(spans)
        found += sum(any(n.start < end and start < n.end for n in names) for start, end in spans)
    print(f"{half}: {found} of {every} names found, {found / every:.1%}")


def _time(reviewer: Reviewer) -> None:
    text = " ".join(lines(NOTES[0]))
    pieces = [text[at : at + NOTE] for at in range(0, len(text) - NOTE, NOTE)]
    effort = least_effort(lambda: [reviewer.review(piece) for piece in pieces])
    print(f"{NOTE} characters: {effort / len(pieces) * 1_000:.2f} ms of the processor")


if __name__ == "__main__":
    main()
