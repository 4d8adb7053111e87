"""The labels of clauses, numbered by their kinds in order. Pure.

Decree 30/2020/NĐ-CP, appendix I, part II, section II: parts, chapters and sections in Roman or Arabic numerals,
articles numbered through the whole text, clauses within an article, points by the Vietnamese alphabet within a clause.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import count

from thammuu.paper.clauses import Clause, ClauseKind

ALPHABET = "abcdđeghiklmnopqrstuvxy"
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
# What begins to count anew below each kind.
_BELOW = {
    ClauseKind.PART: (ClauseKind.CHAPTER, ClauseKind.SECTION, ClauseKind.CLAUSE, ClauseKind.POINT),
    ClauseKind.CHAPTER: (ClauseKind.SECTION, ClauseKind.CLAUSE, ClauseKind.POINT),
    ClauseKind.SECTION: (ClauseKind.CLAUSE, ClauseKind.POINT),
    ClauseKind.ARTICLE: (ClauseKind.CLAUSE, ClauseKind.POINT),
    ClauseKind.CLAUSE: (ClauseKind.POINT,),
}


def labelled(clauses: Iterable[Clause]) -> list[Clause]:
    """Return the clauses with the labels that their places give them; a label that a clause has stays."""
    counters = {kind: count(1) for kind in ClauseKind}
    found = []
    for clause in clauses:
        for kind in _BELOW.get(clause.kind, ()):
            counters[kind] = count(1)
        number = next(counters[clause.kind])
        label = clause.label or _label(clause.kind, number)
        found.append(Clause(clause.kind, clause.text, label))
    return found


def unlabelled(clauses: Sequence[Clause]) -> list[Clause]:
    """Return the clauses without the labels that their places give them anyway, so that they go on doing so."""
    placed = labelled(replace(clause, label="") for clause in clauses)
    return [
        replace(clause, label="") if clause.label == own.label else clause
        for clause, own in zip(clauses, placed, strict=True)
    ]


def _label(kind: ClauseKind, number: int) -> str:
    match kind:
        case ClauseKind.PART:
            return f"Phần {roman(number)}"
        case ClauseKind.CHAPTER:
            return f"Chương {roman(number)}"
        case ClauseKind.SECTION:
            return f"Mục {number}"
        case ClauseKind.ARTICLE:
            return f"Điều {number}."
        case ClauseKind.CLAUSE:
            return f"{number}."
        case ClauseKind.POINT:
            return f"{letter(number)})"
        case ClauseKind.INDENT:
            return "-"
        case _:
            return ""


def letter(number: int) -> str:
    """Return the letter of a point, from 1; after the last letter two stand together ("aa")."""
    more, place = divmod(number - 1, len(ALPHABET))
    return (letter(more) if more else "") + ALPHABET[place]


def roman(number: int) -> str:
    """Return a number from 1 to 399 in Roman numerals."""
    found = ""
    for value, sign in _ROMAN:
        while number >= value:
            number, found = number - value, found + sign
    return found
