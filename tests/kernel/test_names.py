"""Names in running text: longest first, diacritics never contradicted, shared spellings never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thammuu.kernel.names import Form, NameIndex, words_of

INDEX = NameIndex(
    [
        (1, ("Hà Tiên", "Phường Hà Tiên")),
        (2, ("Hạ Tiến",)),
        (3, ("Hà",)),
        (4, ("Bà Rịa - Vũng Tàu",)),
        (5, ("Công an xã Ea H'Leo",)),
        (6, ("PC07",)),
    ]
)


def things(text: str) -> tuple[int, ...]:
    mention = INDEX.mention(text, words_of(text), 0)
    return mention.things if mention else ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hà Tiên", (1,)),
        ("hạ tiến", (2,)),
        ("ha tien", (1, 2)),
        ("Hà Tien", (1,)),
        ("hà đông", (3,)),
        ("p.hà tiên", (1,)),
        ("ba ria vung tau", (4,)),
        ("CA X. Ea H'Leo", (5,)),
        ("pc07", (6,)),
        ("Hà, Tiên", (3,)),
        ("hả", ()),
        ("không", ()),
    ],
)
def test_mentions(text: str, expected: tuple[int, ...]) -> None:
    assert things(text) == expected


def test_forms() -> None:
    forms = [INDEX.mention(text, words_of(text), 0) for text in ("PC07", "Phường Hà Tiên", "Hà Tiên")]
    assert [form.form for form in forms if form] == [Form.CODE, Form.FULL, Form.BARE]


@given(st.text(max_size=40))
def test_words_lie_in_order_inside_the_text(text: str) -> None:
    position = 0
    for word in words_of(text):
        assert position <= word.start < word.end <= len(text)
        assert text[word.start : word.end] == word.typed
        position = word.end
