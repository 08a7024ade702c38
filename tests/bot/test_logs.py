import io
import logging
from collections.abc import Iterator

import pytest

from bot import logs
from tests.bot.houses import everything_logged


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    with everything_logged() as log:
        yield log


def test_our_own_events_are_written(written: io.StringIO) -> None:
    logs.log("started", url="http://127.0.0.1:8080")
    assert "started url=http://127.0.0.1:8080" in written.getvalue()


@pytest.mark.parametrize("name", ["aiosqlite", "uvicorn.error", "asyncio", "root", "helpline.x"])
def test_nobody_elses_words_are_written(written: io.StringIO, name: str) -> None:
    logging.getLogger(name).critical("KANARIE")
    assert written.getvalue() == ""


def test_an_event_or_field_that_is_not_on_the_list_is_refused() -> None:
    with pytest.raises(ValueError, match="said"):
        logs.log("said")
    with pytest.raises(ValueError, match="text"):
        logs.log("started", text="KANARIE")
