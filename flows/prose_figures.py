"""What the standing report says of single tables: gender, mean age, and from which counties (pure).

Each is empty where it is hidden.
"""

from collections.abc import Mapping

from flows import prose_words as words
from flows.report import Cell, Group, QuestionTable, Share
from flows.swedish import listed, number

_NOTHING = Share(None, None, None)


def genders(group: Group) -> str:
    """Tell the shares of men and women, as far as they are shown and there were any."""
    men, women = (cell(group, "gender", code) for code in ("man", "woman"))
    told = [
        each.format(often(Cell(share.n, share.percent)))
        for share, each in ((men, words.MEN), (women, words.WOMEN))
        if share.n and share.base
    ]
    base = men.base or 0
    return words.GENDER.format(genders=listed(told), base=number(base)) if told else ""


def mean_age(group: Group) -> str:
    mean = group.mean_age
    if mean.value is None or mean.n is None:
        return ""
    return words.MEAN_AGE.format(value=number(mean.value), n=number(mean.n))


def counties(table: QuestionTable, names: Mapping[str, str]) -> str:
    """Tell from how many counties contacts came, and name the few from which none did.

    Nothing is told where a county is hidden, which may be one that contacts came from, and
    nothing where they all came from one.
    """
    counts = [each.n for each in table.answers.values()]
    missing = [names.get(code, code) for code, each in table.answers.items() if each.n == 0]
    some = len(counts) - len(missing)
    if None in counts or some <= 1:
        return ""
    if not missing:
        return words.ALL_COUNTIES
    if len(missing) in words.BUT:
        return words.ALL_COUNTIES_BUT.format(n=words.BUT[len(missing)], names=listed(missing))
    return words.SOME_COUNTIES.format(n=some, of=len(counts))


def often(cell: Cell) -> str:
    """Say how frequent an answer is: in percent where there is one."""
    return number(cell.n or 0) if cell.percent is None else f"{cell.percent} procent"


def cell(group: Group, question: str, code: str) -> Share:
    """Take one answer as a share; all hidden when the question has no such answer."""
    table = group.questions.get(question)
    if table is None or code not in table.answers:
        return _NOTHING
    return Share(table.answers[code].n, table.base, table.answers[code].percent)
