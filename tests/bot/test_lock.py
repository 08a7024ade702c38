import os
from pathlib import Path

import pytest

from bot.lock import LockError, only_instance, running


def test_a_folder_has_one_instance_at_a_time(tmp_path: Path) -> None:
    with only_instance(tmp_path):
        assert running(tmp_path) == os.getpid()
        with pytest.raises(LockError, match="already running"), only_instance(tmp_path):
            pass
    assert running(tmp_path) is None


def test_a_folder_that_never_had_one_has_none(tmp_path: Path) -> None:
    assert running(tmp_path) is None


def test_what_a_killed_instance_left_holds_nobody_up(tmp_path: Path) -> None:
    (tmp_path / "helpline.lock").write_text("4711")
    assert running(tmp_path) is None
    with only_instance(tmp_path):
        assert running(tmp_path) == os.getpid()


def test_a_lock_that_cannot_be_opened_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "helpline.lock").mkdir()
    with pytest.raises(LockError, match="cannot be used"), only_instance(tmp_path):
        pass
