"""What frames the text of an official document, told from the text: the head with issuer, number and day, the type and
the abstract, and the foot with recipients and signature (Decree 30/2020/NĐ-CP, article 8). Pure.

What is not surely frame stays text: nothing of a text that has no such head or foot is taken away.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from thammuu.kernel.text import fold
from thammuu.paper.clauses import Clause, ClauseKind

MOST_HEAD = 16
MOST_FOOT = 40

_COUNTRY = re.compile(r"cong hoa xa hoi chu nghia viet nam|doc lap - tu do - hanh phuc")
_NUMBER = re.compile(r"\bso:? ?[\w.]*/[\w.&/-]+|\bngay\s+[\w.…]*\s*thang\s+[\w.…]*\s*nam\b|\bso: ")
_TYPES = re.compile(
    "nghi quyet|quyet dinh|chi thi|quy che|quy dinh|thong cao|thong bao|huong dan|chuong trinh|ke hoach|phuong an|de an"
    "|du an|bao cao|bien ban|to trinh|hop dong|cong dien|ban ghi nho|ban thoa thuan|giay uy quyen|giay moi"
    "|giay gioi thieu|thong tu|menh lenh|dien chi dao"
)
_STAMP = re.compile(r"(?:hoa toc|thuong khan|khan|xem xong tra lai|luu hanh noi bo)")
_LETTER = re.compile(r"(?:v/v|ve viec)\b")
_BELOW_NUMBER = re.compile(r"\bV/v:?\s+([^|]+)", re.IGNORECASE)
_ADDRESSED = re.compile(r"kinh gui\b")
_FOOT = re.compile(r"noi nhan ?:?(?: |$)")
_APPENDIX = re.compile(r"phu luc\b")


@dataclass(frozen=True, slots=True)
class Framed:
    """The parts of a document: `type` as printed ("CHỈ THỊ"), "" if none was found; `body` is what is left."""

    body: tuple[Clause, ...]
    head: tuple[Clause, ...] = ()
    type: str = ""
    abstract: str = ""
    foot: tuple[Clause, ...] = ()


def framed(clauses: Sequence[Clause]) -> Framed:
    """Return a text without what frames it. An appendix behind the foot belongs to the text."""
    start = _head_end(clauses)
    kind, abstract, begin = _title(clauses, start)
    end = _foot_start(clauses, begin)
    behind = next(
        (place for place in range(end, len(clauses)) if _APPENDIX.match(_plain(clauses[place]))), len(clauses)
    )
    if behind - end > MOST_FOOT:
        end = behind = len(clauses)
    body = (*clauses[begin:end], *clauses[behind:])
    return Framed(body, tuple(clauses[:start]), kind, abstract, tuple(clauses[end:behind]))


def _plain(clause: Clause) -> str:
    return fold(f"{clause.label} {clause.text}".strip())


def _head_end(clauses: Sequence[Clause]) -> int:
    """Return where the head ends: behind the last line of it; 0 for a text that does not name the country."""
    first = clauses[:MOST_HEAD]
    if not any(_COUNTRY.search(_plain(clause)) for clause in first):
        return 0
    marks = [place for place, each in enumerate(first) if _COUNTRY.search(_plain(each)) or _NUMBER.search(_plain(each))]
    body = next((place for place, each in enumerate(first) if each.kind != ClauseKind.PARAGRAPH), len(first))
    end = max(place for place in marks if place < body or place == marks[0]) + 1
    while end < body and (_STAMP.fullmatch(_plain(clauses[end])) or _LETTER.match(_plain(clauses[end]))):
        end += 1
    return end


def _title(clauses: Sequence[Clause], start: int) -> tuple[str, str, int]:
    """Return type and abstract and where the text begins behind them."""
    if start == 0 or start >= len(clauses):
        return "", "", start
    first = clauses[start]
    if first.kind != ClauseKind.PARAGRAPH or not (first.text.isupper() and _TYPES.fullmatch(_plain(first))):
        return "", _abstract_in(clauses[:start]), start
    begin = start + 1
    following = clauses[begin] if begin < len(clauses) else None
    if following is None or following.kind != ClauseKind.PARAGRAPH or following.text.endswith((".", ":", ";")):
        return first.text, "", begin
    if _ADDRESSED.match(_plain(following)):
        return first.text, "", begin
    return first.text, following.text, begin + 1


def _abstract_in(head: Sequence[Clause]) -> str:
    """Return the abstract of an official letter, which stands below the number."""
    found = (_BELOW_NUMBER.search(clause.text) for clause in head)
    return next((match[1].strip() for match in found if match), "")


def _foot_start(clauses: Sequence[Clause], begin: int) -> int:
    """Return where the recipients begin, which stand below the text; the end if they are not named."""
    for place in range(len(clauses) - 1, begin - 1, -1):
        if clauses[place].kind == ClauseKind.PARAGRAPH and _FOOT.match(_plain(clauses[place])):
            return place
    return len(clauses)
