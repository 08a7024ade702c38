"""A report is the same in all its formats, figure by figure."""

import csv
import io
import json
import re
from collections.abc import Iterator
from html import unescape
from typing import TypeAlias

import openpyxl
import pytest

from bot.reports import files
from bot.reports.page import html
from bot.reports.tables import CHOSEN, group_names
from flows.bands import labels
from flows.internal_report import internal
from flows.report import Report
from flows.told import told
from tests.bot.test_report_page import CONTEXT, FORM
from tests.flows.contacts import MONTH, columns, contacts, parts
from tests.flows.test_told import invented

Figure: TypeAlias = float | None
Figures: TypeAlias = dict[tuple[str, ...], tuple[Figure, ...]]
"""By group, question and answer: how many, percent, base, unknown, not asked; None is hidden."""

_FIGURE = re.compile(r'<th scope="row">([^<]*)<.*?class="count">(.*?)</td><td.*?>(.*?)</td>')
_TABLE = re.compile(r"<caption>([^<]*?) ?<.*?</table>", re.DOTALL)


def small() -> Report:
    """Some without an answer, some who left, roles that nobody has, questions nobody was asked."""
    gender = parts(man=45, woman=9, unknown=6)
    used = contacts(60, gender=gender, severe="not_asked", sought_help="yes", age="not_asked")
    exposed = contacts(30, role="exposed", county="12", children=parts(none=27, expecting=3))
    left = contacts(20, outcome="left_queue", wait_minutes="6")
    return internal(FORM, columns(used, exposed, left), first=MONTH, last=MONTH)


REPORTS = [small, *(lambda seed=seed: invented(seed)[2] for seed in range(2))]


def in_document(made: Report) -> Figures:
    named, found = group_names(made, FORM), json.loads(files.document(made))["groups"]
    return {
        (named[group], FORM.by_name[name].in_reports.sv, label): (
            *(table["answers"][code][figure] for figure in ("n", "percent")),
            *(table[figure] for figure in ("base", "unknown", "not_asked")),
        )
        for group in named
        for name, table in found[group]["questions"].items()
        for code, label in labels(FORM.by_name[name]).items()
    }


def lines_of_table(made: Report) -> list[dict[str, str]]:
    text = files.table(made, CONTEXT).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def in_table(made: Report) -> Figures:
    return {
        (each["group_label"], each["table_label"], each["label"]): tuple(
            int(each[figure]) if each[figure] else None
            for figure in ("n", "percent", "base", "unknown", "not_asked")
        )
        for each in lines_of_table(made)
        if each["table"] in FORM.by_name
    }


def in_workbook(made: Report) -> Figures:
    book = openpyxl.load_workbook(io.BytesIO(files.workbook(made, CONTEXT)))
    chosen = group_names(made, FORM)[CHOSEN]
    rows = [
        (chosen, *row) for row in book["Har använt våld"].iter_rows(min_row=2, values_only=True)
    ]
    rows += book["Grupp för grupp"].iter_rows(min_row=2, values_only=True)
    return {
        (str(group), str(question), str(answer)): tuple(
            None if each == "dolt" else each for each in (n, percent, base, unknown, not_asked)
        )
        for group, question, answer, n, base, percent, unknown, not_asked, *_ in rows
        if answer is not None
    }


def on_page(made: Report) -> Figures:
    """How many and percent of every answer whose table has any, of every group with answers."""
    page = unescape(html(made, CONTEXT)).replace("\N{NO-BREAK SPACE}", "")
    first = page.partition('id="r-group"')[2].partition("</section>")[0]
    others = re.split(r"<details>\s*<summary>(?!Fler)", page.partition('id="r-others"')[2])[1:]
    parts = [(group_names(made, FORM)[CHOSEN], first)]
    parts += [(part.partition("<")[0], part) for part in others]
    return {
        (group, table[1], label): (figure(count), figure(percent))
        for group, part in parts
        for table in _TABLE.finditer(part)
        for label, count, percent in _FIGURE.findall(table[0].partition("<tfoot>")[0])
    }


def figure(cell: str) -> int | None:
    digits = re.match(r"\d+", cell)
    return int(digits[0]) if digits else None


def sizes(made: Report) -> Iterator[tuple[Figure, ...]]:
    """What a document says of groups besides their answers, in the order of the table."""
    shares = ("has_children", "never_sought_help", "referred_to_treatment", "referred_anywhere")
    document = json.loads(files.document(made))["groups"]
    for name in group_names(made, FORM):
        group = document[name]
        yield group["n"], group["share"], None, None
        yield None, None, group["mean_age"]["n"], group["mean_age"]["value"]
        for share in shares:
            yield (*(group[share][each] for each in ("n", "percent", "base")), None)


@pytest.mark.parametrize("at", range(len(REPORTS)))
def test_all_formats_of_a_report_say_the_same_of_every_answer(at: int) -> None:
    made = told(REPORTS[at](), FORM)
    wanted = in_document(made)
    assert in_table(made) == wanted
    in_sheets, shown = in_workbook(made), on_page(made)
    groups = {key[0] for key in shown}
    assert groups == {key[0] for key in in_sheets}
    assert in_sheets == {key: each for key, each in wanted.items() if key[0] in groups}
    assert shown == {key: wanted[key][:2] for key in shown}
    left_out = {key: each for key, each in in_sheets.items() if key not in shown}
    assert not any(n for n, *_ in left_out.values())


@pytest.mark.parametrize("at", range(len(REPORTS)))
def test_the_document_and_the_table_say_the_same_of_months_and_groups(at: int) -> None:
    made = told(REPORTS[at](), FORM)
    lines = lines_of_table(made)
    months = [each["n"] for each in lines if each["table"] == "months"]
    written = json.loads(files.document(made))["per_month"]
    assert months == ["" if each["n"] is None else f"{each['n']}" for each in written]
    of_groups = [
        tuple(
            float(each[name]) if each[name] else None for name in ("n", "percent", "base", "mean")
        )
        for each in lines
        if each["table"] in {"contacts", "mean_age", "share"}
    ]
    assert of_groups == list(sizes(made))


def test_only_what_is_hidden_is_empty() -> None:
    everybody = told(small(), FORM).groups
    used = everybody["used_violence"].questions
    assert [(each.unknown, each.not_asked) for each in (used["gender"], used["severe"])] == [
        (6, 0), (0, 60),
    ]  # fmt: skip
    assert used["severe"].base == 0
    assert everybody["public"].n == 0
    assert everybody["exposed"].questions["children"].answers["expecting"].n is None
