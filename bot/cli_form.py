"""`helpline form`: is the contact form right, and what does it say."""

from typing import cast

import click

from bot.resources import read_form
from bot.settings import FLOWS
from directory.load import load
from flows.codebook import codebook
from flows.contact_form import FormError
from flows.form_versions import ENDING, SUMS, faults, parse_published
from flows.questions import LANGUAGES, Form, Language

FOLDER = FLOWS / "forms"


@click.group()
def form() -> None:
    """The contact form: its questions, codes and words."""


@form.command()
@click.pass_context
def check(context: click.Context) -> None:
    """Compare the form with its published versions; exit status 1 if it breaks with them."""
    try:
        present, published = read_form(), _read_published()
        wrong = faults(present, published)
    except FormError as error:
        wrong = error.sentences
    else:
        if not wrong:
            print(_in_words(present, published[-1]))
    for sentence in wrong:
        print(sentence)
    context.exit(1 if wrong else 0)


@form.command("codebook")
@click.option("--language", type=click.Choice(LANGUAGES), default="sv", show_default=True)
def codebook_(*, language: str) -> None:
    """Print the codebook in Markdown."""
    try:
        present = read_form()
    except FormError as error:
        raise click.ClickException(str(error)) from None
    print(codebook(present, cast("Language", language)), end="")


def _read_published() -> tuple[Form, ...]:
    directory = load()
    files = {
        path.name: path.read_text(encoding="utf-8")
        for path in (*FOLDER.glob(f"*{ENDING}"), *FOLDER.glob(SUMS))
    }
    return parse_published(
        files,
        municipalities={each.code: each.name for each in directory.municipalities.values()},
        counties={each.code: each.name for each in directory.counties.values()},
    )


def _in_words(present: Form, latest: Form) -> str:
    codes = sum(len(question.codes) for question in present.questions)
    standing = "published" if present.version == latest.version else "right, and not published yet"
    return (
        f"Version {present.version} of the contact form is {standing}: "
        f"{len(present.questions)} questions, {codes} codes."
    )
