"""Vietnamese text: laws that hold for any text, and the order and spellings of the language."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thammuu.kernel import text as vietnamese

TEXT = st.text(max_size=60)
SPELLED = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắằấềệíìóòỏộớợúùủụứừýỳỷỹỵĐẮ -", max_size=40)


@given(TEXT)
def test_fold_is_idempotent_and_blind_to_normal_forms(text: str) -> None:
    folded = vietnamese.fold(text)
    assert vietnamese.fold(folded) == folded
    assert vietnamese.fold(unicodedata.normalize("NFD", text)) == folded


@given(TEXT)
def test_offsets_lead_back_into_the_text(text: str) -> None:
    folded = vietnamese.fold_in_place(text)
    assert len(folded.starts) == len(folded.text) + 1
    assert list(folded.starts) == sorted(folded.starts)
    assert folded.starts[-1] == len(text)


@given(SPELLED)
def test_folding_in_place_is_folding(text: str) -> None:
    assert vietnamese.fold_in_place(text).text == vietnamese.fold(text)


@given(TEXT)
def test_accented_form_is_stable_and_folds_alike(text: str) -> None:
    form = vietnamese.accented(text)
    assert vietnamese.accented(form) == form
    assert vietnamese.fold(form) == vietnamese.fold(text)


@given(SPELLED, SPELLED)
def test_sort_key_is_a_function_of_the_stored_text(one: str, two: str) -> None:
    assert vietnamese.sort_key(one) == vietnamese.sort_key(unicodedata.normalize("NFD", one))
    if vietnamese.sort_key(one) == vietnamese.sort_key(two):
        assert vietnamese.tokens(one) == vietnamese.tokens(two)


@given(TEXT)
def test_tokens_are_folded(text: str) -> None:
    assert all(token and vietnamese.fold(token) == token for token in vietnamese.tokens(text))


@pytest.mark.parametrize(
    "ordered",
    [
        list("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"),
        ["ma", "mà", "mả", "mã", "má", "mạ", "mă", "mân", "mo"],
        ["dan", "Dân", "đa", "Đà", "Đông", "Đống Đa", "e"],
        ["hoa", "Hoa", "hoà", "hoá", "hoa hồng"],
        ["Phường 2", "Phường 10", "Phường An Hòa", "Phường Ba Đình"],
        ["Bà Rịa", "Bà Rịa - Vũng Tàu", "Bà Rịa Vũng Tàu 2", "Bạc Liêu"],
        ["Hà Nội", "Hải Phòng", "Hồ Chí Minh", "Huế"],
        ["", "1", "02", "999999999", "1000000000", "a"],
    ],
)
def test_vietnamese_order(ordered: list[str]) -> None:
    keys = [vietnamese.sort_key(word).encode() for word in ordered]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


def test_tone_placement_makes_no_difference() -> None:
    for old, new in [("hòa", "hoà"), ("khỏe", "khoẻ"), ("thúy", "thuý"), ("Tùy Hòa", "Tuỳ Hoà")]:
        assert vietnamese.accented(old) == vietnamese.accented(new)
        assert vietnamese.sort_key(old) == vietnamese.sort_key(new)
    assert vietnamese.accented("hoa") != vietnamese.accented("hoà")


def test_folding_takes_every_vietnamese_letter_to_latin() -> None:
    assert vietnamese.fold("Đường Nguyễn Trãi, quận Đống Đa") == "duong nguyen trai, quan dong da"
    assert vietnamese.tokens("Cháy lớn, ngõ 12, P.Ô Chợ Dừa") == [
        "chay",
        "lon",
        "ngo",
        "12",
        "p",
        "o",
        "cho",
        "dua",
    ]


@pytest.mark.parametrize("letter", sorted(vietnamese.LOOK_ALIKES))
def test_look_alikes_are_refused_with_their_place(letter: str) -> None:
    with pytest.raises(vietnamese.LookAlike) as refusal:
        vietnamese.clean(f"Ha\u0300 {letter}ông")
    assert (refusal.value.letter, refusal.value.position) == (letter, 3)
    assert str(refusal.value) == f"U+{ord(letter):04X} at 3 is not the Vietnamese Đ"


def test_clean_text_is_stored_composed() -> None:
    assert vietnamese.clean("Hà Đông".replace("à", "a\u0300")) == "Hà Đông"


def test_what_folds_to_several_stays_where_offsets_count() -> None:
    folded = vietnamese.fold_in_place("½a\u0300b")
    assert (folded.text, tuple(folded.starts)) == ("½ab", (0, 1, 3, 4))
    folded = vietnamese.fold_in_place("Đà")
    assert (folded.text, tuple(folded.starts)) == ("da", (0, 1, 2))


def test_letters_of_other_languages_stand_by_their_bare_letter_or_behind() -> None:
    words = ["cafa", "çafa", "cafe", "eta", "ηta"]
    assert sorted(words[::-1], key=lambda word: vietnamese.sort_key(word).encode()) == words
    assert vietnamese.sort_key("ç") != vietnamese.sort_key("c")
    assert vietnamese.sort_key("日").strip() == "日"
    assert vietnamese.sort_key("æ") > vietnamese.sort_key("ae")
