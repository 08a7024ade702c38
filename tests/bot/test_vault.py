from pathlib import Path

import pytest

from bot.vault import KEY_BYTES, Vault, is_memory

MOUNTS = """
/dev/vda / ext4 rw 0 0
tmpfs /run tmpfs rw 0 0
/dev/vdb /run/disk ext4 rw 0 0
"""


def test_a_key_lies_in_a_file_of_its_own_that_only_we_can_read(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "keys")
    vault.create("one")
    [file] = (tmp_path / "keys").iterdir()
    assert file.read_bytes() == vault.key("one")
    assert len(vault.key("one")) == KEY_BYTES
    assert file.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700


def test_every_key_is_another(tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    for id in ("one", "two"):
        vault.create(id)
    assert vault.key("one") != vault.key("two")


def test_an_id_never_gets_a_second_key(tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    vault.create("one")
    with pytest.raises(FileExistsError):
        vault.create("one")


def test_a_destroyed_key_is_gone_from_memory_and_folder(tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    vault.create("one")
    vault.destroy("one")
    assert list(tmp_path.iterdir()) == []
    assert vault.ids == frozenset()
    with pytest.raises(KeyError):
        vault.key("one")


def test_keys_outlive_the_program(tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    vault.create("one")
    assert Vault(tmp_path).key("one") == vault.key("one")


def test_a_key_that_was_cut_short_is_no_key(tmp_path: Path) -> None:
    (tmp_path / "half.key").write_bytes(b"too short")
    assert Vault(tmp_path).ids == frozenset()
    assert list(tmp_path.iterdir()) == []


def test_a_wipe_leaves_no_key(tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    for id in ("one", "two"):
        vault.create(id)
    assert vault.wipe() == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("folder", "memory"),
    [("/run/helpline", True), ("/srv/helpline", False), ("/run/disk/helpline", False)],
)
def test_only_the_nearest_mount_tells_what_a_folder_is(folder: str, memory: bool) -> None:  # noqa: FBT001 - a column of the table above
    assert is_memory(Path(folder), MOUNTS) is memory
