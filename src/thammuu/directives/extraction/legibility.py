"""Texts that no rule can read: in an encoding from before Unicode, garbled, or with letters of another script.

TCVN3 (TCVN 5712:1993) and VNI put Vietnamese on codes that are other signs today: "Céng hoµ", "Coäng hoøa".
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from thammuu.kernel.text import LOOK_ALIKES, nfc

_MODERN = re.compile("[\u1ea0-\u1ef9ăđơưĂĐƠƯ]")
"""Letters that a Vietnamese text of some length has; those of Latin-1 (à, ê) prove nothing."""

_TCVN3 = re.compile("[\u00b5-\u00b9\u00bb-\u00be\u00a8-\u00ae\u00c6\u00d0\u00d1\u00d6-\u00d8\u00dc\u00de-\u00df]")
_VNI = re.compile("(?<=[AEIOUYaeiouyÔôÖö])[äåëïöøùûüñõáàâéèêóòôúÄÅËÏÖØÙÛÜÕÁÀÂÉÈÊÓÒÔÚ]|[ñÑ](?=[a-zA-Zö])")
_GARBLED = re.compile(
    "\u00e1[\u00ba\u00bb]|\u00c4[\u2018\u0090\u0091\u0192\u0083]|\u00c6[\u00a1\u00b0]|\u00c3[\u00a0-\u00bf]"
)
_LOST = "\ufffd"
_WORD = re.compile(r"\w+")
_FEWEST_LETTERS = 0.3
_SOME = 4
"""So many odd signs may stand in a sound text: a trade mark, a foreign name, a unit of measure."""


class Unreadable(StrEnum):
    """Why a text cannot be read."""

    NO_WORDS = "no_words"
    TCVN3 = "tcvn3"
    VNI = "vni"
    GARBLED = "garbled"
    LOOK_ALIKE = "look_alike"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text cannot be read; for a letter that only looks like another the `word` and its `line`, from 1."""

    why: Unreadable
    word: str = ""
    line: int = 0


def fault_of(text: str) -> Fault | None:
    """Return what makes a text unreadable, None for one that the rules may try."""
    text = nfc(text)
    letters = sum(character.isalpha() for character in text)
    signs = sum(not character.isspace() for character in text)
    if not letters or letters < signs * _FEWEST_LETTERS:
        return Fault(Unreadable.NO_WORDS)
    if text.count(_LOST) > _SOME or len(_GARBLED.findall(text)) > _SOME:
        return Fault(Unreadable.GARBLED)
    if len(_MODERN.findall(text)) <= letters / 50:
        for why, pattern in ((Unreadable.TCVN3, _TCVN3), (Unreadable.VNI, _VNI)):
            if len(pattern.findall(text)) > max(_SOME, letters / 50):
                return Fault(why)
    return _look_alike(text)


def _look_alike(text: str) -> Fault | None:
    """Find a word that mixes scripts, as one does that was read from a picture: "Cоng" with a Cyrillic о."""
    for word in _WORD.finditer(text):
        odd = any(one in LOOK_ALIKES or _script(one) in ("CYRILLIC", "GREEK") for one in word[0] if not one.isascii())
        if odd and (any(_script(one) == "LATIN" for one in word[0]) or any(one in LOOK_ALIKES for one in word[0])):
            return Fault(Unreadable.LOOK_ALIKE, word[0][:40], text.count("\n", 0, word.start()) + 1)
    return None


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
