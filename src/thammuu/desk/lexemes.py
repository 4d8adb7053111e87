"""From words to what the index holds, and from what is typed to what is asked of it. Pure.

An entry's lexemes are its folded syllables ("chay"), each pair of neighbours ("chay cho"), the syllables with their
diacritics where they have any ("=cháy"), its kind of subject ("@incident") and its chunk of the journal ("#31"): a
span of positions, so that the newest can be asked first. No typed word contains a sign, so none can be mistaken.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from thammuu.kernel import text as vietnamese

CHUNK_BITS = 15
LONGEST_WORD = 100
MOST_WORDS = 2000
MOST_TYPED = 12
_WORD = re.compile(r"[^\W_]+")
_TYPED = re.compile(r'"([^"]*)"?|([^"]+)')


@dataclass(frozen=True, slots=True)
class Words:
    """A text's syllables in order, folded and with diacritics; the two lists need not be of one length."""

    folded: tuple[str, ...]
    accented: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "Words":
        """Return the syllables of a text."""
        folded = vietnamese.tokens(text)[:MOST_WORDS]
        accented = _WORD.findall(vietnamese.accented(text))[:MOST_WORDS]
        return cls(tuple(each[:LONGEST_WORD] for each in folded), tuple(each[:LONGEST_WORD] for each in accented))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed: groups of syllables, a phrase where a group has several."""

    groups: tuple[Words, ...]

    @property
    def with_diacritics(self) -> bool:
        """Say whether any syllable was typed with diacritics."""
        return any(group.folded != group.accented for group in self.groups)

    def query(self, *, exact: bool) -> str:
        """Return the tsquery in text; `exact` asks for the diacritics that were typed."""
        parts: list[str] = []
        for group in self.groups:
            if len(group.folded) > 1:
                parts.extend(f"{a} {b}" for a, b in pairwise(group.folded))
            else:
                parts.extend(group.folded)
            if exact:
                parts.extend(_marked(group.accented))
        return " & ".join(f"'{part}'" for part in dict.fromkeys(parts))

    def phrases(self, *, exact: bool) -> list[str]:
        """Return what must stand in the text in one piece and is not certain from the lexemes."""
        if exact:
            return [spaced(group.accented) for group in self.groups if len(group.accented) > 1]
        return [spaced(group.folded) for group in self.groups if len(group.folded) > 2]


def wanted(typed: str) -> Wanted:
    """Read what was typed: words, and phrases in quotation marks."""
    groups: list[Words] = []
    for match in _TYPED.finditer(typed.replace("“", '"').replace("”", '"')):
        if match[1] is not None:
            groups.append(Words.of(match[1]))
        else:
            groups.extend(Words.of(word) for word in match[2].split())
    return Wanted(tuple(dict.fromkeys(group for group in groups if group.folded))[:MOST_TYPED])


def lexemes(words: Words, subject_kind: str, position: int) -> list[str]:
    """Return what the index holds of an entry."""
    pairs = (f"{a} {b}" for a, b in pairwise(words.folded))
    known = {*words.folded, *pairs, *_marked(words.accented), f"@{subject_kind}", f"#{chunk_of(position)}"}
    return sorted(known)


def chunk_of(position: int) -> int:
    """Return the chunk that a position of the journal lies in."""
    return position >> CHUNK_BITS


def spaced(syllables: Iterable[str]) -> str:
    """Return the syllables between single spaces, one before and one behind."""
    return f" {' '.join(syllables)} "


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text, `hit` if it is what was looked for."""

    text: str
    hit: bool


def marked(text: str, asked: Wanted) -> list[Piece]:
    """Cut a text into pieces, so that what was looked for can be marked."""
    folded = vietnamese.fold_in_place(text)
    syllables = {syllable for group in asked.groups for syllable in group.folded}
    pieces: list[Piece] = []
    done = 0
    for start, end in _hits(folded.text, syllables):
        first, behind = folded.starts[start], folded.starts[end]
        pieces += [Piece(text[done:first], hit=False), Piece(text[first:behind], hit=True)]
        done = behind
    pieces.append(Piece(text[done:], hit=False))
    return [piece for piece in pieces if piece.text]


def _hits(folded: str, syllables: set[str]) -> Iterator[tuple[int, int]]:
    for match in _WORD.finditer(folded):
        if match[0] in syllables:
            yield match.span()


def _marked(accented: Iterable[str]) -> Iterator[str]:
    return (f"={each}" for each in accented if each != vietnamese.fold(each))
