"""The clauses of a directive: numbered, lettered or dashed paragraphs, each below the one that introduces it.

Sub-points follow the Vietnamese alphabet (a b c d đ e g h …; Decree 30/2020, annex I). Spoken lists ("Một là", "Thứ
hai") count too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from thammuu.directives.extraction.words import Words, level, words_at

_MARKERS = (
    (0, re.compile(r"(?:phần|chương|mục)\s+(?:thứ\s+)?[\wđ]+\b[.:]?\s*")),
    (1, re.compile(r"[ivxlc]+\s*[.)\-–]\s+")),
    (1, re.compile(r"điều\s+\d+[a-zđ]?\s*[.:]\s*")),
    (4, re.compile(r"\d+\.\d+\.\d+[.)]?\s+")),
    (3, re.compile(r"\d+\.\d+[.)]?\s+")),
    (2, re.compile(r"(?:khoản\s+)?\d+\s*[.)/]\s+")),
    (2, re.compile(r"(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) là\s*[,:]\s*")),
    (2, re.compile(r"thứ (?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)\s*[,:]\s*")),
    (5, re.compile(r"(?:điểm\s+)?[a-zđ]\s*[.)]\s+")),
    (5, re.compile(r"\(\d+\)\s*")),
    (6, re.compile(r"[-–—•*]\s+")),
    (7, re.compile(r"\+\s+")),
)
_UNMARKED = 9
_INLINE = re.compile(r"(?<=[;:.])\s+(?=(?:[a-zđ]\)|\(\d+\))\s)")
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Clause:
    """A paragraph with its mark ("2", "a", "" for none) and the marks above it; `above` is the clause it stands below.

    A clause that ends with a colon introduces what follows it.
    """

    label: str
    words: Words
    path: tuple[str, ...] = ()
    above: "Clause | None" = None

    @property
    def introduces(self) -> bool:
        """Say whether others follow from it."""
        return self.words.text.rstrip().endswith(":")


def clauses_of(text: str) -> list[Clause]:
    """Return the clauses of an NFC text, in their order."""
    found: list[Clause] = []
    ranks: list[tuple[float, Clause]] = []
    for start, end in _paragraphs(text):
        rank, label, begin = _marker(text, start, end)
        words = words_at(text, begin, end)
        if not words.text:
            continue
        if text[end - 1] == ":":
            words = Words(words.start, end, text[words.start : end])
        while ranks and (_closes(ranks[-1][1]) if rank == _UNMARKED else ranks[-1][0] >= rank):
            ranks.pop()
        if rank == _UNMARKED:
            # It stands below what introduces it and above what it introduces, whatever marks these have.
            rank = (ranks[-1][0] if ranks else 0) + 0.5
        above = ranks[-1][1] if ranks else None
        path = (*above.path, label) if above and label else above.path if above else (label,) if label else ()
        clause = Clause(label, words, path, above)
        found.append(clause)
        ranks.append((rank, clause))
    return found


def _closes(clause: Clause) -> bool:
    """Say whether a paragraph without a mark ends this clause rather than going below it."""
    return not clause.label or not clause.introduces


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    leveled = level(text)
    for line in _LINE.finditer(text):
        start = line.start()
        for cut in _INLINE.finditer(leveled, line.start(), line.end()):
            yield _trimmed(text, start, cut.start())
            start = cut.end()
        yield _trimmed(text, start, line.end())


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return start, end


def _marker(text: str, start: int, end: int) -> tuple[float, str, int]:
    leveled = level(text[start:end])
    lead = len(leveled) - len(leveled.lstrip())
    for rank, pattern in _MARKERS:
        match = pattern.match(leveled, lead)
        if match and not (rank == 1 and text[start + lead].islower()):
            label = text[start + lead : start + match.end()].strip(" .):/-–—•*+,(\t")
            return rank, label, start + match.end()
    return _UNMARKED, "", start + lead
