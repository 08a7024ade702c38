"""What a reader makes of a report: that its rows add up, and what its tables are called."""

import re
from dataclasses import replace

from bot.resources import read_form
from flows.internal_report import internal
from flows.report import Report
from flows.told import told
from flows.week import week
from tests.bot.test_report_page import CONTEXT, FORM, channel, page, row
from tests.flows.contacts import MONTH, Record, columns, contacts, parts
from tests.flows.form_texts import changed, parsed
from tests.flows.made_reports import group, report, spring_to_autumn_2021, table


def counted(*some: list[Record]) -> Report:
    return told(internal(FORM, columns(*some), first=MONTH, last=MONTH), FORM)


def test_the_rows_of_a_question_make_up_all_contacts() -> None:
    left = contacts(20, outcome="left_queue", wait_minutes="6")
    silent = contacts(8, outcome="silent_or_misuse", wait_minutes="0")
    made = page(counted(contacts(60, county=parts(**{"01": 50, "12": 10})), left, silent))
    assert row(made, "Har använt våld")[0] == "60 av 60"
    assert row(made, "Frågan ställs inte till den som lämnade kön eller var tyst")[0] == "28"
    counties = made.partition('id="r-counties"')[2]
    assert row(counties, "Stockholms län")[0] == "50 av 60"
    assert row(counties, "Frågan ställs inte till den som lämnade kön eller var tyst")[0] == "28"


def test_nobody_is_written_as_nought_where_it_follows_and_few_are_hidden() -> None:
    made = page(counted(contacts(60, gender=parts(man=50, unknown=10))))
    gender = made.partition("<caption>Kön")[2]
    assert row(gender, "Kvinna") == ["0 av 50", "0 %"]
    assert (row(gender, "Vet ej")[0], row(gender, "Inte frågat")[0]) == ("10", "0")
    few = page(counted(contacts(60, gender=parts(man=40, unknown=17, not_asked=3))))
    assert row(few.partition("<caption>Kön")[2], "Vet ej eller inte frågat")[0] == "20"
    fewer = page(counted(contacts(60, gender=parts(man=57, unknown=3))))
    assert row(fewer.partition("<caption>Kön")[2], "Vet ej eller inte frågat")[0] == "dolt"


def test_only_an_internal_report_says_that_those_without_an_answer_may_be_one_number() -> None:
    internal_one = spring_to_autumn_2021()
    assert "visas i stället deras summa" in page(internal_one)
    public_one = page(replace(internal_one, level="public"))
    assert "visas i stället deras summa" not in public_one
    assert "för få för att visas är också de inräknade" in public_one


def test_a_table_is_called_what_the_form_calls_it_in_reports() -> None:
    label = 'label = { sv = "Vart har du hänvisat?", en = "Where did you refer?" }'
    report_label = 'report = { sv = "Vart de hänvisades", en = "Where they were referred" }'
    form = parsed(changed((label, f"{label}\n{report_label}")))
    made = page(counted(contacts(60)), replace(CONTEXT, form=form))
    assert "<caption>Vart de hänvisades" in made
    assert "Vart har du" not in made


def test_no_table_of_the_shipped_form_asks_the_reader_a_question() -> None:
    made = page(counted(contacts(60)), replace(CONTEXT, form=read_form()))
    titles = re.findall(r'<(?:caption|p class="caption"|h2 [^>]*)>([^<]*)', made)
    assert len(titles) > 20
    assert not [title for title in titles if "?" in title]


def test_one_month_is_said_in_words_instead_of_a_chart() -> None:
    made = page(counted(contacts(65)))
    assert "Rapporten gäller en enda månad, januari 2026, med 65 kontakter." in made
    assert "Kontakter per månad" not in made
    hidden = page(counted(contacts(3)))
    assert "januari 2026, med så få kontakter att antalet är dolt." in hidden


def test_where_no_quarter_is_whole_it_is_said_why_the_week_is_missing() -> None:
    sentence = "Veckan timme för timme visas för hela kvartal"
    assert sentence in page(spring_to_autumn_2021())
    weeks = {"arrived": week({9: 40, 10: 20})}
    some = replace(CONTEXT, weeks=weeks, weeks_of=("2021-04", "2021-09"))
    assert "Här är det april–september 2021." in page(spring_to_autumn_2021(), some)
    whole = replace(CONTEXT, weeks=weeks, weeks_of=("2021-03", "2021-10"))
    assert sentence not in page(spring_to_autumn_2021(), whole)


def test_hours_that_were_counted_by_the_block_say_so() -> None:
    weeks = {"knocked": week({9: 4, 10: 4, 11: 4, 12: 40}, width=3)}
    made = page(spring_to_autumn_2021(), replace(CONTEXT, weeks=weeks))
    assert "Antal per 3 timmar, eftersom de flesta enskilda timmar annars vore dolda" in made
    assert row(made, "09–12")[0] == "12"
    assert "måndag kl. 12–15: 40" in made


def test_figures_that_are_all_hidden_are_left_out() -> None:
    bare = {"all": group(60, 60), "used_violence": group(30, 60), "exposed": group(10, 60)}
    made = replace(report(bare, first="2026-01", last="2026-03"), level="public")
    part = page(made).partition('id="r-group"')[2]
    assert part.partition("</dl>")[0].count("<dt>") == 1
    assert "Medelålder" in page(spring_to_autumn_2021())


def test_channels_say_nought_of_those_without_an_answer_where_it_follows() -> None:
    whole = {"phone": channel(100), "web": channel(109)}
    tables = {**whole["web"].questions}
    tables["outcome"] = replace(tables["outcome"], base=100, unknown=9, not_asked=None)
    both = {**whole, "web": replace(whole["web"], questions=tables)}
    made = page(spring_to_autumn_2021(), replace(CONTEXT, channels=both))
    part = made.partition('id="r-channels"')[2]
    assert row(part, "Inte frågat") == ["9", "0"]


def test_channels_say_nought_of_answers_where_it_follows() -> None:
    hidden = channel(100).questions["outcome"].answers
    outcome = dict.fromkeys(hidden) | {"completed": 100}
    tables = {**channel(100).questions, "outcome": table(outcome, base=100)}
    both = {"phone": channel(100), "web": replace(channel(100), questions=tables)}
    made = page(spring_to_autumn_2021(), replace(CONTEXT, channels=both))
    part = made.partition('id="r-channels"')[2]
    assert row(part, "Lämnade kön") == ["dolt", "0 % 0 av 100"]


def test_a_question_that_nobody_answered_is_not_called_hidden() -> None:
    made = page(counted(contacts(60, age="not_asked")))
    age = made.partition('<p class="caption">Ålder</p>')[2]
    assert age.strip().startswith('<p class="hint">Ingen har svarat. Vet ej: 0. Inte frågat: 60.')
    assert '<dt>Medelålder</dt><dd><span class="value">–</span>' in made
