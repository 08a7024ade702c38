import re

import pytest

from bot.desk.answers import parts
from flows.codebook import codebook, columns, labels
from flows.contact_form import problems
from flows.questions import LANGUAGES, Language
from tests.flows.form_texts import VERSION_1, changed, parsed

FORM = parsed(VERSION_1)

SWEDISH = codebook(FORM, "sv")
ENGLISH = codebook(FORM, "en")

MAN = '{ code = "man", sv = "Man", en = "Man" }'

COORDINATORS = parsed(
    changed(
        ('sv = "Kön", en = "Gender"', 'sv = "Könsidentitet", en = "Gender", was = ["Kön"]'),
        (MAN, '{ code = "man", sv = "Man eller pojke", en = "Man", was = ["Man"] }'),
        (
            '{ code = "email", sv = "E-post", en = "E-mail" }',
            (
                '{ code = "letter", sv = "Brev", en = "Letter" },\n'
                '  { code = "email", sv = "E-post", en = "E-mail", retired = true }'
            ),
        ),
    )
)
"""What a coordinator made of the file: words, a new code, one that is no longer used."""


def about(name: str, text: str) -> str:
    """The part of a codebook about one question."""
    chapters = re.split(r"^##+ ", text, flags=re.MULTILINE)
    return next(each for each in chapters if f". `{name}`" in each)


def test_a_coordinators_words_and_codes_are_in_the_codebook() -> None:
    text = codebook(COORDINATORS, "sv")
    assert "Könsidentitet" in about("gender", text)
    assert "(tidigare ”Kön”)" in about("gender", text)
    assert "| `man` | Man eller pojke; tidigare ”Man” |" in about("gender", text)
    assert "| `letter` | Brev |" in about("channel", text)
    assert "| `email` | E-post; används inte längre |" in about("channel", text)


def test_a_coordinators_new_code_is_an_answer_and_a_wrong_one_is_not() -> None:
    def is_refused(code: str) -> bool:
        found = problems(COORDINATORS, {"channel": code}, known_services=())
        return "channel" in {problem.name for problem in found}

    assert [is_refused(code) for code in ("letter", "email", "fax")] == [False, False, True]


def test_a_coordinators_words_and_codes_stand_at_the_desk() -> None:
    fields = {f.question.name: f for part in parts(COORDINATORS, {}) for f in part.fields}
    assert fields["gender"].question.label.sv == "Könsidentitet"
    assert "Man eller pojke" in [code.sv for code in fields["gender"].codes]
    assert "Brev" in [code.sv for code in fields["channel"].codes]


def test_a_coordinators_words_and_codes_are_in_the_labels_of_an_export() -> None:
    named = labels(COORDINATORS, "sv")
    assert named.questions["gender"] == "Könsidentitet"
    assert named.answers["gender"]["man"] == "Man eller pojke"
    assert named.answers["channel"]["letter"] == "Brev"
    assert named.answers["channel"]["email"] == "E-post"


def test_every_column_has_its_labels_in_each_language() -> None:
    for language in LANGUAGES:
        named = labels(FORM, language)
        assert tuple(named.questions) == tuple(named.answers) == columns(FORM)
    assert labels(FORM, "en").answers["severe"] == {
        "yes": "Yes",
        "no": "No",
        "unknown": "Unknown",
        "not_asked": "Not asked",
    }
    assert labels(FORM, "sv").answers["county"]["12"] == "Skåne län"
    assert labels(FORM, "sv").answers["note"] == {}


def test_columns_stand_in_the_order_of_the_form() -> None:
    assert columns(FORM)[:3] == ("period", "channel", "outcome")
    assert columns(FORM)[-1] == "note"
    assert len(columns(FORM)) == 28


@pytest.mark.parametrize(("language", "text"), [("sv", SWEDISH), ("en", ENGLISH)])
def test_the_codebook_says_everything_about_every_question(language: Language, text: str) -> None:
    for question in FORM.questions:
        part = about(question.name, text)
        assert question.label.said(language) in part
        assert question.hint.said(language) in part
        for code in question.codes:
            assert code.code in (text if question.codes_from else part)
            assert code.said(language) in (text if question.codes_from else part)


def test_the_codebook_says_when_a_question_is_relevant_and_what_an_empty_cell_means() -> None:
    profession = about("profession", SWEDISH)
    assert "- Aktuell: när ”Vem hör av sig?” (`role`) är ”Yrkesverksam”\n" in profession
    assert "- Tom cell: frågan var inte aktuell\n" in profession
    role = about("role", ENGLISH)
    assert "is not “Left the queue” or “Silent or misuse”\n" in role
    assert "- Tom cell: frågan var inte aktuell, eller lämnades tom\n" in about("note", SWEDISH)
    assert "- Aktuell: alltid\n" in about("period", SWEDISH)
    assert "- Tom cell: förekommer inte\n" in about("period", SWEDISH)


def test_several_conditions_and_codes_are_joined_in_words() -> None:
    text = changed(
        (
            'relevant = [{ question = "role", in = ["professional"] }]',
            (
                'relevant = [{ question = "role", in = ["professional", "public", "other"] }, '
                '{ question = "channel", not_in = ["web"] }]'
            ),
        )
    )
    assert (
        "when “Who is in contact?” (`role`) is “Professional”, “Member of the public” or “Other” "
        "and “Channel” (`channel`) is not “Web chat”\n"
    ) in about("profession", codebook(parsed(text), "en"))


def test_the_codebook_says_what_is_sensitive_and_what_is_in_the_statistics() -> None:
    assert "- Känslig: ja\n- I statistiken: ja\n" in about("violence", SWEDISH)
    assert "- Känslig: ja\n- I statistiken: nej\n" in about("note", SWEDISH)
    assert "- Sensitive: no\n- In statistics: yes\n" in about("gender", ENGLISH)
    assert "| 28 | `note` | Anteckning | text, högst 500 tecken | ja | nej |" in SWEDISH


def test_the_codebook_marks_a_code_that_stands_alone_and_who_fills_in() -> None:
    assert "| `none` | Inga andra; kan inte stå tillsammans med andra svar |" in SWEDISH
    assert "| `yes` | Ja |" in about("severe", SWEDISH)
    assert "| `unknown` | Vet ej |" in about("severe", SWEDISH)
    assert "Fylls i av systemet." in about("period", SWEDISH)
    assert "Fylls i av systemet." not in about("gender", SWEDISH)


def test_the_codebook_begins_with_how_cells_are_read_and_the_codes_for_no_answer() -> None:
    beginning = SWEDISH.partition("## Översikt")[0]
    assert "skiljs koderna åt med `|`. En tom cell betyder" in beginning
    assert "antecknas inte" in beginning
    assert "När svaret saknas står det varför:\n\n| Kod | Svar |" in beginning
    assert "| `not_asked` | Inte frågat |" in beginning


def test_the_codebook_says_what_an_answer_looks_like() -> None:
    assert "- Svar: hela år, 15–110\n" in about("age", SWEDISH)
    assert "Andra språkkoder är också svar." in about("language", SWEDISH)
    assert "Koderna är SCB:s." in about("county", SWEDISH)
    assert "Koderna är" not in about("gender", SWEDISH)


def test_places_stand_once_by_county() -> None:
    assert SWEDISH.count("1280 Malmö") == 1
    assert "| 12 Skåne län | 1280 Malmö |\n" in SWEDISH
    assert "Malmö" not in about("municipality", SWEDISH)


def test_every_table_keeps_its_columns_whatever_a_label_holds() -> None:
    text = codebook(parsed(changed((MAN, MAN.replace('sv = "Man"', 'sv = "M | an"')))), "sv")
    assert "| `man` | M \\| an |" in text
    head = 0
    for line in text.splitlines():
        cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
        assert not (head and cells) or cells == head
        head = cells


def test_the_codebook_is_tidy_markdown() -> None:
    for text in (SWEDISH, ENGLISH):
        assert "\n\n\n" not in text
        assert len(re.findall(r"^## ", text, flags=re.MULTILINE)) == 3
        assert not re.search(r"^[^|\n].*\n\|", text, flags=re.MULTILINE)
        assert text.endswith("|\n")
        assert text.startswith("# ")
