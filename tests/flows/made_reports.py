"""Reports made by hand, so that what is told of them can be tested alone."""

from collections.abc import Mapping
from dataclasses import replace

from flows.counting import months, percent
from flows.report import (
    Cell,
    Group,
    Level,
    MeanAge,
    MonthCount,
    QuestionTable,
    Report,
    Share,
)

Answers = Mapping[str, int | None]

HIDDEN = Share(None, None, None)


def table(
    answers: Answers, *, base: int | None = None, unknown: int = 0, not_asked: int = 0
) -> QuestionTable:
    """A question of which these many gave each answer; without a base, each gave one."""
    of = base if base is not None else sum(n or 0 for n in answers.values())
    cells = {code: Cell(n, None if n is None else percent(n, of)) for code, n in answers.items()}
    return QuestionTable(of, unknown, not_asked, cells)


def share(n: int, base: int) -> Share:
    return Share(n, base, percent(n, base))


def group(n: int | None, of: int, questions: Mapping[str, QuestionTable] | None = None) -> Group:
    """A group of which nothing but its size and these questions is known."""
    return Group(
        n=n,
        share=None if n is None else percent(n, of),
        questions=questions or {},
        mean_age=MeanAge(None, None),
        referred_to_treatment=HIDDEN,
        referred_anywhere=HIDDEN,
        has_children=HIDDEN,
        never_sought_help=HIDDEN,
    )


def report(
    groups: Mapping[str, Group],
    *,
    first: str,
    last: str,
    level: Level = "internal",
    per_month: Mapping[str, int | None] | None = None,
) -> Report:
    counts = per_month or {}
    return Report(
        first=first,
        last=last,
        level=level,
        contacts=groups["all"].n,
        per_month=tuple(MonthCount(each, counts.get(each)) for each in months(first, last)),
        groups=groups,
    )


def spring_to_autumn_2021() -> Report:
    """331 contacts with the published shares of 22 March to 1 November 2021."""
    used = group(
        153,
        331,
        {
            "gender": table({"woman": 27, "man": 123, "other": None}, base=150, unknown=3),
            "age": table({"15-17": None, "18-34": 60, "35-54": 72, "55+": None}, base=140),
            "violence": table(
                {
                    "psychological": 118,
                    "physical": 66,
                    "sexual": 8,
                    "economic": 14,
                    "neglect": None,
                },
                base=149,
                unknown=4,
            ),
            "exposed_person": table({"partner": 135, "child": 36, "other": 6}, base=150),
            "other_problem": table({"alcohol": 30, "mental_ill_health": 45, "none": 52}, base=140),
            "children": table({"living_with": 55, "not_living_with": 14, "none": 69}, unknown=15),
            "sought_help": table({"yes": 28, "no": 99}, unknown=20, not_asked=6),
        },
    )
    used = replace(
        used,
        mean_age=MeanAge(37.0, 140),
        has_children=share(69, 138),
        never_sought_help=share(99, 127),
        referred_to_treatment=share(128, 150),
        referred_anywhere=share(144, 150),
    )
    everybody = group(
        331,
        331,
        {
            "role": table({"uses_violence": 153, "exposed": 76, "relative": 60}, base=331),
            "heard_via": table({"internet": 120, "professional": 60, "other": 90}, base=280),
            "county": table({"01": 90, "14": 62, "12": 48, "09": None}, base=300, unknown=31),
            "wait_minutes": table({"0-4": 240, "5-14": 60, "60+": None}, base=310),
            "outcome": table({"completed": 280, "left_queue": 16}, base=331),
            "helped": table({"better": 150, "same": 40, "no_answer": 60}, base=250),
        },
    )
    others = {"exposed": group(76, 331), "relative": group(60, 331), "public": group(None, 331)}
    groups = {"all": everybody, "used_violence": used, "uses_violence": used, **others}
    per_month = dict.fromkeys(months("2021-03", "2021-10"), 41) | {"2021-03": None}
    return report(groups, first="2021-03", last="2021-10", per_month=per_month)
