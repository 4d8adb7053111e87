"""Words of a text: where they stand, and the form in which rules compare them."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from thammuu.kernel.text import accented

UPPER = "".join(letter for letter in map(chr, range(ord("A"), 0x1F00)) if letter.isupper())
"""Letters with which a name begins, for the inside of a character class: the tones have no order in Unicode."""
_EDGES = " \t\n\u00a0,;:.-–"


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of a text; `start` and `end` are offsets in the whole text that was read."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Person(Words):
    """Somebody by name; the `post` that is told behind it says for which unit."""

    post: Words | None = None


def level(text: str) -> str:
    """Return NFC text in lower case with each tone on its agreed letter, of the same length.

    So that offsets count for both, a text in which some character has no lower case of its own length stays as it is.
    """
    found = accented(text)
    return found if len(found) == len(text) else text


def words_at(text: str, start: int, end: int) -> Words:
    """Return the stretch without the spaces and stops around it."""
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return Words(start, end, text[start:end])


def listed(words: str) -> list[str]:
    """Return the words of a list that is written with semicolons, in the levelled form; lines may break in a word."""
    joined = re.sub(r"\s*\n\s*", " ", re.sub(r"\|\n\s*", "|", accented(words)))
    return re.split(r";\s+", joined.strip().rstrip(";"))


def any_of(words: Sequence[str]) -> str:
    """Return a pattern for any of them, the longest first; those with one first letter together, which is quicker."""
    alike: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words, key=lambda word: len(re.split(r"[(\[?\\]", word)[0]), reverse=True):
        alike[word[0] if word[0].isalpha() and word[1:2].isalpha() else ""].append(word)
    others = alike.pop("", [])
    return "(?:" + "|".join([*others, *(f"(?:{'|'.join(same)})" for same in alike.values())]) + ")"
