import pytest

from bot.store.sealing import SIZES, Unreadable, seal, unseal

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
HERE = "one/message/1"


def test_what_was_sealed_can_be_read_again() -> None:
    value = {"text": "Åsa \u0000 \u202e 👋", "seq": 7}
    assert unseal(KEY, seal(KEY, value, bound=HERE), bound=HERE) == value


@pytest.mark.parametrize("elsewhere", ["one/message/2", "two/message/1", "one/state"])
def test_words_moved_to_another_place_cannot_be_read(elsewhere: str) -> None:
    with pytest.raises(Unreadable):
        unseal(KEY, seal(KEY, "hemligt", bound=HERE), bound=elsewhere)


def test_another_key_reads_nothing() -> None:
    with pytest.raises(Unreadable):
        unseal(OTHER_KEY, seal(KEY, "hemligt", bound=HERE), bound=HERE)


def test_a_damaged_row_is_unreadable_and_no_crash() -> None:
    sealed = seal(KEY, "hemligt", bound=HERE)
    for damaged in (b"", sealed[:5], sealed[:-1], sealed[:-1] + bytes([sealed[-1] ^ 1])):
        with pytest.raises(Unreadable):
            unseal(KEY, damaged, bound=HERE)


def test_the_same_words_never_look_the_same() -> None:
    assert seal(KEY, "ja", bound=HERE) != seal(KEY, "ja", bound=HERE)


def test_the_length_tells_next_to_nothing() -> None:
    lengths = {len(seal(KEY, "a" * n, bound=HERE)) for n in range(0, 9_000, 7)}
    assert len(lengths) <= len(SIZES)


def test_what_is_larger_than_every_size_is_sealed_all_the_same() -> None:
    value = "x" * (SIZES[-1] + 1)
    assert unseal(KEY, seal(KEY, value, bound=HERE), bound=HERE) == value
