"""Vietnamese text: storage form, search form, order.

Text is stored in NFC. Two search forms exist: `fold` (no diacritics, đ as d) finds, and `accented`
(diacritics kept, the tone on one agreed letter, so that "hoà" equals "hòa") ranks an exact match higher.
`sort_key` is stored beside the text and compared byte by byte: the database has no Vietnamese collation.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

LOOK_ALIKES = frozenset("\u00d0\u00f0\u0189\u0256")
"""Letters that look like Đ đ (U+0110, U+0111) and are not."""

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
"""Combining tone marks in the order of Vietnamese dictionaries: grave, hook, tilde, acute, dot below."""

_PRIMARY = {letter: chr(ord("A") + place) for place, letter in enumerate(_ALPHABET)}
_WORD = re.compile(r"[^\W_]+")
_PIECE = re.compile(r"[0-9]+|[^\W_]|[\W_]+")
_MISPLACED = re.compile(r"([òóỏõọ])([ae])|([ùúủũụ])(y)")


class LookAlike(ValueError):
    """A `letter` only looks like Đ; `position` is its index in the NFC text."""

    def __init__(self, letter: str, position: int) -> None:
        super().__init__(f"U+{ord(letter):04X} at {position} is not the Vietnamese Đ")
        self.letter = letter
        self.position = position


def nfc(text: str) -> str:
    """Return the form in which text is stored."""
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """Return typed text in its stored form; raises `LookAlike`."""
    stored = nfc(text)
    for position, letter in enumerate(stored):
        if letter in LOOK_ALIKES:
            raise LookAlike(letter, position)
    return stored


def _strip(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


class _Folding(dict[int, str]):
    """Folded form by code point, filled as code points are met."""

    def __missing__(self, code: int) -> str:
        bare = _strip(_strip(chr(code)).casefold()).casefold()
        folded = _strip(bare.replace("đ", "d"))
        self[code] = folded
        return folded


_FOLDING = _Folding()


class _InPlace(dict[int, str]):
    """What a character becomes where offsets count: one character, or none."""

    def __missing__(self, code: int) -> str:
        piece = _FOLDING[code]
        self[code] = kept = piece if len(piece) < 2 else chr(code)
        return kept


_IN_PLACE = _InPlace()


def fold(text: str) -> str:
    """Return the text without case, diacritics or compatibility forms: "Đống Đa" as "dong da"."""
    return nfc(text).translate(_FOLDING)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; `starts[i]` is the index in the given text of the character that made `text[i]`.

    `starts` has one more element, the length of the given text.
    """

    text: str
    starts: Sequence[int]


def fold_in_place(text: str) -> Folded:
    """Fold character by character, so that offsets lead back to what was typed.

    A character that would fold to several ("½") stays as it is.
    """
    folded = text.translate(_IN_PLACE)
    if len(folded) == len(text):
        return Folded(folded, range(len(text) + 1))
    starts = [index for index, character in enumerate(text) if _IN_PLACE[ord(character)]]
    return Folded(folded, (*starts, len(text)))


def accented(text: str) -> str:
    """Return the text in lower case, each tone on its agreed letter: "HÒA" and "hoà" alike."""
    return nfc(_MISPLACED.sub(_move_tone, nfc(text).lower()))


def _move_tone(match: re.Match[str]) -> str:
    first = match[1] or match[3]
    marks = unicodedata.normalize("NFD", first)
    return marks[0] + (match[2] or match[4]) + marks[1]


def sort_key(text: str) -> str:
    """Return an ASCII-first key whose byte order is Vietnamese order.

    Letters first (a ă â b c d đ …), then tones (none, grave, hook, tilde, acute, dot), then lower case before
    upper case.
    Numbers compare by value and stand before letters; runs of other signs count as one space.
    """
    primary: list[str] = []
    secondary: list[str] = []
    for piece in _PIECE.findall(accented(text).strip()):
        if "0" <= piece[0] <= "9":
            primary.append(_number(piece))
        elif piece.isalnum():
            letter, tone = _letter(piece)
            primary.append(letter)
            secondary.append(tone)
        else:
            primary.append("!")
    case = "".join("1" if c.isupper() else "0" for c in nfc(text) if c.isalpha())
    return " ".join(("".join(primary).strip("!"), "".join(secondary).rstrip("0"), case.rstrip("0")))


def _number(digits: str) -> str:
    value = digits.lstrip("0") or "0"
    nines, rest = divmod(len(value), 9)
    return "9" * nines + str(rest) + value


def _letter(character: str) -> tuple[str, str]:
    marks = unicodedata.normalize("NFD", character)
    tone = "".join(_TONES.get(mark, "") for mark in marks) or "0"
    letter = nfc("".join(mark for mark in marks if mark not in _TONES))
    if letter in _PRIMARY:
        return _PRIMARY[letter], tone
    bare = fold(letter)
    known = "".join(_PRIMARY.get(c, c) for c in bare)
    return known or character, "6" if bare != letter else tone


def tokens(text: str) -> list[str]:
    """Return the folded syllables and numbers of the text, in order, for search."""
    return _WORD.findall(fold(text))
