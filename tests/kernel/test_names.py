"""Names in running text: longest first, diacritics never contradicted, shared spellings never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thammuu.kernel.names import Form, NameIndex, Word, opens_full_name, words_of

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


def test_a_word_that_opens_full_names_is_known_as_such() -> None:
    opening = [word.typed for word in words_of("Công an phường Hà và xã Vĩnh") if opens_full_name(word)]
    assert opening == ["Công", "phường", "xã"]
    assert not opens_full_name(Word(0, 2, "an", "an"))


def test_the_longest_name_wins_however_short_the_others_are() -> None:
    index = NameIndex([(1, ("Hà Nam Ninh",)), (2, ("Hà Nam",)), (3, ("Hà",)), (4, ("", "Hà Nam", "Hà Nam"))])
    found = []
    for text in ("Hà Nam Ninh Bình", "Hà Nam", "Hà Nội", "Hà"):
        mention = index.mention(text, words_of(text), 0)
        assert mention is not None
        found.append((mention.first, mention.past, mention.things, mention.name))
    assert found == [(0, 3, (1,), "Hà Nam Ninh"), (0, 2, (2, 4), "Hà Nam"), (0, 1, (3,), "Hà"), (0, 1, (3,), "Hà")]


def test_a_name_is_found_where_it_stands_and_reaches_no_further_than_the_text() -> None:
    text = "cháy ở Bà Rịa"
    words = words_of(text)
    assert INDEX.mention(text, words, 2) is None
    text = "cháy ở Bà Rịa - Vũng Tàu lúc 9 giờ"
    mention = INDEX.mention(text, words_of(text), 2)
    assert mention is not None
    assert (mention.first, mention.past, mention.form) == (2, 6, Form.BARE)


def test_a_unit_and_its_area_are_written_in_every_usual_way() -> None:
    index = NameIndex([(1, ("Công an phường Hà Tiên",)), (2, ("Công an tỉnh Phường Vĩnh",))])
    for text in ("công an phường hà tiên", "ca p. Hà Tiên", "CA phường Hà Tiên", "Công an P.Hà Tiên"):
        mention = index.mention(text, words_of(text), 0)
        assert mention is not None
        assert (mention.things, mention.form) == ((1,), Form.FULL)
    assert index.mention("ca tinh p vinh", words_of("ca tinh p vinh"), 0) is not None
    assert index.mention("ca xã Hà Tiên", words_of("ca xã Hà Tiên"), 0) is None


@pytest.mark.parametrize(
    ("name", "form"),
    [("PC07", Form.CODE), ("CSGT", Form.CODE), ("Q1", Form.CODE), ("PC 07", Form.BARE), ("Tỉnh ủy", Form.FULL),
     ("tỉnhủy", Form.BARE), (" PX01 ", Form.CODE)],
)  # fmt: skip
def test_the_form_of_a_name_is_how_it_is_spelled(name: str, form: Form) -> None:
    mention = NameIndex([(1, (name,))]).mention(name, words_of(name), 0)
    assert mention is not None
    assert mention.form is form


def test_the_form_that_needs_most_proof_stands_for_a_shared_spelling() -> None:
    index = NameIndex([(1, ("Xã Hà",)), (2, ("XÃ HÀ",)), (3, ("Ba",)), (4, ("BA",))])
    for text, form in (("xa ha", Form.FULL), ("ba", Form.CODE)):
        mention = index.mention(text, words_of(text), 0)
        assert mention is not None
        assert mention.form is form
