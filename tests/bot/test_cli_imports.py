"""A small command starts at once: it brings in no library that it does not need."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

HEAVY = {
    "aiohttp", "aiosqlite", "holidays", "httpx", "jinja2", "numpy", "pandas", "pyreadstat",
    "rapidfuzz", "starlette", "telegram", "uvicorn", "uvloop", "xlsxwriter",
}  # fmt: skip

NEEDED = {
    "stop": set[str](),
    "redact": set[str](),
    "find Malmö": {"aiosqlite", "rapidfuzz"},
    "hours": {"holidays"},
    "records import --help": {"numpy"},
    "records report --help": {"jinja2", "starlette", "xlsxwriter"},
}
"""What each command may bring in besides what those before it did."""

ALL_IN_A_ROW = """
import json, sys
from bot.cli import call
found = []
for command in json.loads(sys.argv[1]):
    assert call(command.split()) == 0, command
    found.append(sorted({name.partition(".")[0] for name in sys.modules}))
print(json.dumps(found), file=sys.stderr)
"""


def test_no_command_brings_in_what_it_does_not_need(tmp_path: Path) -> None:
    asked = [sys.executable, "-c", ALL_IN_A_ROW, json.dumps(list(NEEDED))]
    ours = {name: each for name, each in os.environ.items() if not name.startswith("HELPLINE_")}
    place = ours | {"PYTHONPATH": str(ROOT), "HELPLINE_DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        asked, cwd=tmp_path, env=place, input=b"", capture_output=True, check=True
    )
    may_be_there: set[str] = set()
    for command, found in zip(NEEDED, json.loads(done.stderr), strict=True):
        may_be_there |= NEEDED[command]
        assert HEAVY & set(found) <= may_be_there, command
