"""Names of units and places found in running text, with or without diacritics.

The index is built once (some 3,400 units with a few names each) and then answers in microseconds. It never
guesses: a spelling that several things share answers with all of them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise, product
from typing import Generic, TypeVar

from thammuu.kernel.text import Folded, accented, fold, fold_in_place

K = TypeVar("K")

_WORD = re.compile(r"[^\W_]+")
_JOINT = re.compile(r"[ .\-–/'’]{0,3}")
_TYPES: dict[str, tuple[str, ...]] = {
    "cong an": ("cong an", "ca"),
    "thanh pho": ("thanh pho", "tp"),
    "tinh": ("tinh",),
    "phuong": ("phuong", "p"),
    "xa": ("xa", "x"),
    "dac khu": ("dac khu", "dk"),
    "phong": ("phong",),
    "ban chi huy": ("ban chi huy", "bch"),
}
"""Words that open the full name of a unit or an area, folded, with the usual ways of writing them."""


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters and digits; `start` and `end` are offsets in the typed text, `folded` its search
    form."""

    start: int
    end: int
    typed: str
    folded: str


class Form(Enum):
    """How a name was spelled, which decides how much proof a mention needs."""

    CODE = "code"
    FULL = "full"
    BARE = "bare"


@dataclass(frozen=True, slots=True)
class Mention(Generic[K]):
    """A name found: the words from `first` to before `past`, and every thing that bears it."""

    first: int
    past: int
    form: Form
    things: tuple[K, ...]
    name: str


@dataclass(frozen=True, slots=True)
class _Entry(Generic[K]):
    thing: K
    name: str
    spelled: str
    form: Form


def words_of(text: str, folded: Folded | None = None) -> list[Word]:
    """Return the words of the text in order; `folded` is the text folded in place, if that was done already."""
    folded = folded or fold_in_place(text)
    found = []
    for match in _WORD.finditer(folded.text):
        # Combining marks fold to nothing, so a word reaches to where the next folded character starts.
        start, end = folded.starts[match.start()], folded.starts[match.end()]
        found.append(Word(start, end, text[start:end], match[0]))
    return found


def opens_full_name(word: Word) -> bool:
    """Say whether the word is one that full names begin with ("phường", "xã", "công" of "công an")."""
    return any(word.folded == kind.split()[0] for kind in _TYPES)


class NameIndex(Generic[K]):
    """Longest-match look-up of names; `candidates` are things with all the names each is known by."""

    def __init__(self, candidates: Iterable[tuple[K, Sequence[str]]]) -> None:
        self._entries: dict[str, list[_Entry[K]]] = {}
        self._longest: dict[str, int] = {}
        for thing, names in candidates:
            for name in dict.fromkeys(names):
                self._add(thing, name)

    def _add(self, thing: K, name: str) -> None:
        form = _form(name)
        for key in _spellings(" ".join(_WORD.findall(fold(name)))):
            if not key:
                continue
            self._entries.setdefault(key, []).append(_Entry(thing, name, _spelled(name), form))
            first, length = key.split(" ")[0], key.count(" ") + 1
            self._longest[first] = max(self._longest.get(first, 0), length)

    def mention(self, text: str, words: Sequence[Word], first: int) -> Mention[K] | None:
        """Return the longest name that begins at word `first` of the text, None if there is none."""
        limit = min(self._longest.get(words[first].folded, 0), len(words) - first)
        for past in range(first + limit, first, -1):
            entries = self._entries.get(" ".join(word.folded for word in words[first:past]))
            if not entries or not _joined(text, words[first:past]):
                continue
            typed = text[words[first].start : words[past - 1].end]
            fitting = _fitting(typed, entries)
            if fitting:
                things = tuple(dict.fromkeys(entry.thing for entry in fitting))
                return Mention(first, past, _least(fitting), things, fitting[0].name)
        return None


def _form(name: str) -> Form:
    bare = name.strip()
    if " " not in bare and (bare.isupper() or any(c.isdigit() for c in bare)):
        return Form.CODE
    folded = fold(bare)
    return Form.FULL if any(folded.startswith(f"{kind} ") for kind in _TYPES) else Form.BARE


def _least(entries: Sequence[_Entry[K]]) -> Form:
    forms = {entry.form for entry in entries}
    return next(form for form in (Form.FULL, Form.CODE, Form.BARE) if form in forms)


def _spelled(name: str) -> str:
    return " ".join(_WORD.findall(accented(name)))


def _spellings(key: str) -> list[str]:
    """Return the key with its opening words written in every usual way: "công an phường x" also as "ca p
    x"."""
    ways: list[tuple[str, ...]] = []
    rest = key
    while True:
        kind = next((kind for kind in _TYPES if rest.startswith(f"{kind} ")), None)
        if kind is None:
            break
        ways.append(_TYPES[kind])
        rest = rest[len(kind) + 1 :]
    return [" ".join((*opening, rest)) for opening in product(*ways)]


def _joined(text: str, words: Sequence[Word]) -> bool:
    return all(_JOINT.fullmatch(text, one.end, two.start) for one, two in pairwise(words))


def _fitting(typed: str, entries: Sequence[_Entry[K]]) -> list[_Entry[K]]:
    """Return the entries that the typed diacritics do not contradict; those they confirm, if any, alone."""
    spelled = _spelled(typed)
    if spelled != fold(spelled):
        exact = [entry for entry in entries if entry.spelled == spelled]
        if exact:
            return exact
    return [entry for entry in entries if _agrees(spelled.split(" "), entry.spelled.split(" "))]


def _agrees(typed: Sequence[str], name: Sequence[str]) -> bool:
    # From the end, because the opening words may be abbreviated.
    pairs = zip(reversed(typed), reversed(name), strict=False)
    return all(one == two or one == fold(one) for one, two in pairs)
