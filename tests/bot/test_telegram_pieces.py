"""A text that is too long for one message is cut so that nothing is lost."""

from hypothesis import example, given
from hypothesis import strategies as st

from bot.words import cleaned, pieces, units

WORDS = st.text(st.sampled_from("aå👍👨‍👩‍👧\n\t  .\u00a0é")) | st.text()


@given(text=WORDS.map(cleaned), most=st.integers(2, 40))
@example(text="a" * 10_000, most=4_000)
@example(text="👍" * 10_000, most=4_001)
@example(text="a" + "\n" * 10_000 + "a", most=4_000)
def test_nothing_but_white_space_is_lost_and_no_piece_is_too_long(text: str, most: int) -> None:
    found = pieces(text, most)
    assert all(units(piece) <= most for piece in found)
    assert _inked("".join(found)) == _inked(text)
    place = 0
    for piece in found:
        assert text[place:].lstrip().startswith(piece)
        place = text.index(piece, place) + len(piece)


@given(text=WORDS.map(cleaned).filter(bool), most=st.integers(2, 40))
def test_no_piece_is_empty_or_blank(text: str, most: int) -> None:
    assert all(piece.strip() for piece in pieces(text, most))


@given(text=WORDS.map(cleaned), most=st.integers(2, 40))
def test_no_character_is_torn(text: str, most: int) -> None:
    for piece in pieces(text, most):
        piece.encode()


@given(text=WORDS.map(cleaned))
def test_a_text_that_fits_is_one_piece(text: str) -> None:
    assert pieces(text, max(units(text), 1)) == [text]


def test_a_cut_is_made_between_lines_if_it_can_be_and_else_between_words() -> None:
    assert pieces("ett två\ntre fyra", 12) == ["ett två", "tre fyra"]
    assert pieces("ett två tre fyra", 12) == ["ett två tre", "fyra"]


def _inked(text: str) -> str:
    return "".join(text.split())
