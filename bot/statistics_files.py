"""Records for SPSS (.sav) and Stata (.dta); needs the libraries of the extra `spss`."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat

from bot.whole_file import put_in_place
from flows.record_export import NOT_ASKED, UNKNOWN, Variable
from flows.records import ContactRecord

TITLE = "Kontakter med stödlinjen"

_LETTERS: Mapping[int, str] = {UNKNOWN: "a", NOT_ASKED: "b"}
"""Stata writes what is missing as .a and .b."""


def write_sav(path: Path, wanted: Sequence[Variable], records: Sequence[ContactRecord]) -> None:
    """Write for SPSS: numbers with their labels, and the codes of no answer as missing."""
    with put_in_place(path) as part:
        pyreadstat.write_sav(
            _frame(wanted, records),
            str(part),
            file_label=TITLE,
            column_labels=[each.label for each in wanted],
            variable_value_labels={
                each.name: _labelled(each, {}) for each in wanted if each.labels
            },
            missing_ranges={each.name: list(each.missing) for each in wanted if each.missing},
            variable_measure={each.name: _measure(each) for each in wanted},
        )


def write_dta(path: Path, wanted: Sequence[Variable], records: Sequence[ContactRecord]) -> None:
    """Write for Stata: as for SPSS, with .a for "unknown" and .b for "not asked"."""
    missing = {each.name: [_LETTERS[n] for n in each.missing] for each in wanted if each.missing}
    with put_in_place(path) as part:
        pyreadstat.write_dta(
            _with_letters(_frame(wanted, records), missing),
            str(part),
            file_label=TITLE,
            column_labels=[each.label for each in wanted],
            variable_value_labels={
                each.name: _labelled(each, _LETTERS) for each in wanted if each.labels
            },
            missing_user_values=missing,
        )


def _frame(wanted: Sequence[Variable], records: Sequence[ContactRecord]) -> Any:
    return pd.DataFrame(
        {
            each.name: pd.Series(
                [each.value(record) for record in records],
                dtype="string" if each.is_text else "float64",
            )
            for each in wanted
        }
    )


def _with_letters(frame: Any, columns: Iterable[str]) -> Any:
    """Put letters for what is missing in these columns, and say which values each holds.

    The type of a column that is not told its values is guessed from its first hundred.
    """
    return frame.assign(**{name: _lettered(frame[name]) for name in columns})


def _lettered(numbers: Any) -> Any:
    known = sorted(set(numbers.dropna()) - _LETTERS.keys())
    values = numbers.astype(object).replace(dict(_LETTERS))
    return values.astype(pd.CategoricalDtype([*known, *_LETTERS.values()]))


def _labelled(variable: Variable, letters: Mapping[int, str]) -> dict[Any, str]:
    return {letters.get(number, number): label for number, label in variable.labels.items()}


def _measure(variable: Variable) -> str:
    return (
        "nominal" if variable.is_text or variable.labels.keys() - {UNKNOWN, NOT_ASKED} else "scale"
    )
