"""How the commands say things."""

import json


def counted(n: int, thing: str) -> str:
    """Say how many of a thing."""
    return f"{n} {thing}" if n == 1 else f"{n} {thing}s"


def say_json(value: object) -> None:
    """Print one JSON document."""
    print(json.dumps(value, ensure_ascii=False))
