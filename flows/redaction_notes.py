"""What in a counsellor's note could identify somebody: some things are refused, some are warned of.

Hard identifiers block. Names, streets, schools, employers, places and what may be a profile name
warn: they are words, and only who wrote them knows whether they tell who somebody is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flows.names import Names, key, parse_names
from flows.normal_form import normal_form
from flows.redaction import Finding, find
from flows.redaction_addresses import MAY_BE_HANDLE
from flows.redaction_names import names_in
from flows.redaction_places import Whereabouts, parse_whereabouts, places_in
from flows.redaction_profiles import maybe_profiles
from flows.redaction_words import Word, words

NEXT_WORD = 40
"""Characters behind a name in which the next word stands."""


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Reads notes with the lists of names and places that it was given."""

    names: Names
    whereabouts: Whereabouts

    def review(self, text: str) -> tuple[Finding, ...]:
        """Find what blocks and what warns, in order and without overlap."""
        hard = find(text)
        taken = bytearray(len(text))
        for finding in hard:
            taken[finding.start : finding.end] = b"x" * (finding.end - finding.start)
        found = list(hard)
        for soft in self._warnings(text):
            if not any(taken[soft.start : soft.end]):
                taken[soft.start : soft.end] = b"x" * (soft.end - soft.start)
                found.append(soft)
        return tuple(sorted(found, key=lambda finding: finding.start))

    def is_genitive(self, text: str, name: Finding) -> bool:
        """Say whether a name says whose: with an -s, or ending in one before "mamma"."""
        own = words(text[name.start : name.end])[-1].key
        if self.names.is_genitive(own):
            return True
        rest = words(text[name.end : name.end + NEXT_WORD])
        return own.endswith("s") and bool(rest) and rest[0].gap == " " and self._is_kin(rest[0])

    def _is_kin(self, word: Word) -> bool:
        return word.key in self.names.context["kin"]

    def _is_rather_a_name(self, text: str, start: int, end: int) -> bool:
        """As in "kär i X": a name that is no town."""
        word = key(text[start:end])
        if word in self.whereabouts.places:
            return False
        return self.names.sort(word) is not None or text[:start].endswith(" i ")

    def _warnings(self, text: str) -> Iterator[Finding]:
        line = words(text)
        names = tuple(names_in(text, line, self.names))
        named = {start for start, _ in names}
        for kind, start, end in places_in(text, line, self.whereabouts):
            is_name = (
                kind == "place" and start in named and self._is_rather_a_name(text, start, end)
            )
            if not is_name:
                yield Finding(start, end, kind, "warn")
        for start, end in names:
            yield Finding(start, end, "name", "warn")
        yield from self._maybe_profiles(text)

    def _maybe_profiles(self, text: str) -> Iterator[Finding]:
        """As in "min snap är fluffkatt": a word on no list, where a profile name may stand."""
        if not MAY_BE_HANDLE.search(text.lower()):
            return
        view = normal_form(text)
        for start, end in maybe_profiles(view.text):
            if not self._is_known(key(view.text[start:end])):
                yield Finding(view.starts[start], view.ends[end - 1], "handle", "warn")

    def _is_known(self, word: str) -> bool:
        lists = (self.names.ordinary, self.whereabouts.places, *self.names.context.values())
        return word.endswith(self.names.nouns) or any(word in words for words in lists)


def parse_reviewer(
    names_toml: str, whereabouts_toml: str, *, places: Iterable[str], ordinary: Iterable[str]
) -> Reviewer:
    """Build the reviewer from its two data files, the places of Sweden and words of every day."""
    whereabouts = parse_whereabouts(whereabouts_toml, places=places)
    known = (*ordinary, *whereabouts.places, *whereabouts["place.abroad"])
    return Reviewer(names=parse_names(names_toml, ordinary=known), whereabouts=whereabouts)
