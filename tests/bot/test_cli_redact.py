import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def redacted(lines: bytes, *options: str) -> list[str]:
    asked = [sys.executable, "-m", "bot", "redact", *options]
    answer = subprocess.run(asked, cwd=ROOT, capture_output=True, input=lines, check=True)
    return answer.stdout.decode().splitlines()


def test_each_line_is_answered_with_what_blocks_and_what_warns() -> None:
    lines = "ring 0701234567, hälsar anna\n\ninget här\n".encode()
    assert [json.loads(line) for line in redacted(lines, "--json")] == [
        {
            "findings": [
                {"start": 5, "end": 15, "kind": "phone", "level": "block"},
                {"start": 24, "end": 28, "kind": "name", "level": "warn"},
            ]
        },
        {"findings": []},
        {"findings": []},
    ]


def test_bad_bytes_and_a_lone_return_are_a_line_like_any_other() -> None:
    answers = redacted(b"\xff\xfe hej\rdu\r\n\x00 0701234567", "--json")
    assert [len(json.loads(line)["findings"]) for line in answers] == [0, 1]


def test_people_read_kinds_and_levels() -> None:
    assert redacted(b"0701234567\nhej\n") == ["phone (block)", "-"]
