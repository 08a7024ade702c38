"""What is wrong with a service file, in one sentence."""

from collections.abc import Sequence

from pydantic import ValidationError


def first_fault(error: ValidationError) -> str:
    """The first fault of a service file, as one sentence that names the key where it is wrong."""
    fault = error.errors(include_url=False)[0]
    key = _key(fault["loc"])
    match fault["type"]:
        case "missing":
            return f"The service file lacks {key}."
        case "extra_forbidden":
            return f"The service file has an unknown key: {key}."
        case "model_type" | "dict_type" | "mapping_type":
            return f"In the service file, {key} is wrong: it should be a table."
        case "tuple_type":
            return f"In the service file, {key} is wrong: it should be a list."
        case _:
            said = fault["msg"].removeprefix("Value error, ").replace("Input should", "it should")
            return f"In the service file, {key} is wrong: {said}."


def _key(location: Sequence[str | int]) -> str:
    """Write where it is in the file, counting from one: hours.chat[1].weekly.mon[2]."""
    parts = [f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in location]
    return "".join(parts).removeprefix(".").removesuffix(".[key]")
