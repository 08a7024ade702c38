"""The house stays simple: small files, small functions, no mocks, whole texts."""

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

from bot.shipped import read_texts

ROOT = Path(__file__).parents[1]
CODE = sorted(
    path for name in ("bot", "flows", "directory") for path in (ROOT / name).rglob("*.py")
)
TESTS = sorted((ROOT / "tests").rglob("*.py"))

MOST_LINES_OF_A_FILE = 300
MOST_LINES_OF_A_FUNCTION = 40
MEDIAN_LINES_OF_A_FUNCTION = 10


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{path.name}:{node.name}", (node.end_lineno or 0) - node.lineno + 1


def test_no_file_wants_a_wall_moved() -> None:
    long = [path for path in CODE if path.read_text("utf-8").count("\n") > MOST_LINES_OF_A_FILE]
    assert long == []


def test_functions_hold_one_idea() -> None:
    lengths = dict(each for path in CODE for each in functions(path))
    assert [name for name, n in lengths.items() if n > MOST_LINES_OF_A_FUNCTION] == []
    assert statistics.median(lengths.values()) < MEDIAN_LINES_OF_A_FUNCTION


def test_tests_use_working_fakes_and_no_mocks() -> None:
    assert [path for path in TESTS if "unittest" + ".mock" in path.read_text("utf-8")] == []


def test_every_language_says_everything_with_the_same_arguments() -> None:
    texts = read_texts()
    for language in texts.languages:
        assert texts.ids(language) == texts.ids("sv")
        for id in texts.ids("sv"):
            assert texts.variables(language, id) == texts.variables("sv", id)
