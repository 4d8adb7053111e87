"""From lines to clauses: each told by the label it begins with, as Decree 30/2020/NĐ-CP, appendix I, II.5 has them.

Roman numbers and capital letters, with which programmes and reports are divided, count as sections and parts; numbers
of several levels ("1.2.") as clauses; "Một là," and "Thứ nhất," as well.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from thammuu.paper.clauses import Clause, ClauseKind
from thammuu.paper.reading.lines import Line

LONGEST_TITLE = 300

_ORDINAL = "nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười"
_NUMBER = rf"(?:[IVXLC]+|\d{{1,3}}|thứ\s+(?:{_ORDINAL})|(?:{_ORDINAL})\b)"
_PATTERNS = (
    (ClauseKind.PART, re.compile(rf"phần\s+{_NUMBER}(?:\s*[.:\-–]|(?=\s|$))", re.IGNORECASE)),
    (ClauseKind.CHAPTER, re.compile(r"chương\s+(?:[IVXLC]+|\d{1,3})\b\s*[.:\-–]?(?=\s|$)", re.IGNORECASE)),
    (
        ClauseKind.SECTION,
        re.compile(r"(?:tiểu\s+)?mục\s+(?:[IVXLC]+|\d{1,3}|[A-ZĐ])\b\s*[.:\-–]?(?=\s|$)", re.IGNORECASE),
    ),
    (ClauseKind.ARTICLE, re.compile(r"điều\s+\d{1,4}[a-zđ]?\s*(?:[.:]|$)", re.IGNORECASE)),
    (ClauseKind.SECTION, re.compile(r"[IVXLC]+\s*[.)\-–/](?=\s|$)")),
    (ClauseKind.PART, re.compile(r"[A-ZĐ]\s*[.)](?=\s|$)")),
    (ClauseKind.CLAUSE, re.compile(r"\d{1,2}(?:\.\d{1,2})+(?:[.)](?=\s|$)|\s+(?=[^\W\d_a-z]|$))")),
    (ClauseKind.CLAUSE, re.compile(r"(?:khoản\s+)?\d{1,3}\s*[.)/](?=\s|$)|\(\d{1,3}\)", re.IGNORECASE)),
    (ClauseKind.CLAUSE, re.compile(rf"(?:một|{_ORDINAL}) là\s*[,:]|thứ\s+(?:{_ORDINAL})\s*[,:]", re.IGNORECASE)),
    (ClauseKind.POINT, re.compile(r"(?:điểm\s+)?(?:[a-zđăâêôơư]{1,2}|[ivx]{1,5})\)|[a-zđ]\.(?=\s)|\([a-zđivx]{1,3}\)")),
    (ClauseKind.INDENT, re.compile(r"[-–—−•●▪■◦○➢✓*+\uf000-\uf0ff](?=\s)|[-–—−•●▪■➢✓\uf000-\uf0ff](?=[^\W\d])")),
)
_GROUND = re.compile(r"căn cứ\b", re.IGNORECASE)
_FURTHER_GROUND = re.compile(r"(?:theo (?:đề nghị|đề xuất)|xét (?:đề nghị|tờ trình)|sau khi)\b", re.IGNORECASE)
_GROUND_END = re.compile(r"\s*[;,.]\s*$")
_SPACES = re.compile(r"\s+")
_TITLED = (ClauseKind.PART, ClauseKind.CHAPTER, ClauseKind.SECTION)
_BULLETS = re.compile(r"[^\w\s()]")


def clauses_of(lines: Iterable[Line]) -> list[Clause]:
    """Return the clauses of a text. A title that stands on the line below its label belongs to it.

    Grounds lose the stop they end with, which their place among the others decides.
    """
    found: list[Clause] = []
    for line in lines:
        clause = _clause(line, found)
        before = found[-1] if found else None
        if before and not line.plain and _is_title_of(clause, before):
            found[-1] = Clause(before.kind, clause.text, before.label)
        elif clause.text or clause.label:
            found.append(clause)
    return found


def tidied(text: str) -> str:
    """Return words composed (NFC), without format characters, with single spaces."""
    shown = "".join(sign for sign in unicodedata.normalize("NFC", text) if unicodedata.category(sign) != "Cf")
    return _SPACES.sub(" ", shown).strip()


def _clause(line: Line, before: Sequence[Clause]) -> Clause:
    text, given = tidied(line.text), tidied(line.label)
    if line.plain:
        return Clause(ClauseKind.PARAGRAPH, text, given)
    if given:
        # The file's own number is the label, whole, even one of a kind that we do not know.
        kind, label, rest = _labelled(f"{given} ", before)
        return Clause(ClauseKind.PARAGRAPH if rest else kind, text, given if rest else label)
    kind, label, rest = _labelled(text, before)
    if kind == ClauseKind.PARAGRAPH and _is_ground(text, before):
        return Clause(ClauseKind.GROUND, _GROUND_END.sub("", text))
    return Clause(kind, rest, label)


def _labelled(text: str, before: Sequence[Clause]) -> tuple[ClauseKind, str, str]:
    for kind, pattern in _PATTERNS:
        match = pattern.match(text)
        if match is None or _reads_on(kind, text, match.end()):
            continue
        label = match[0].strip()
        if kind == ClauseKind.SECTION and _continues_letters(label, before):
            continue
        if kind == ClauseKind.INDENT and not label.isascii():
            label = "-"
        return kind, label, text[match.end() :].strip()
    return ClauseKind.PARAGRAPH, "", text


def _reads_on(kind: ClauseKind, text: str, end: int) -> bool:
    """Whether a part, chapter or section is only named by a sentence: "Chương II của Quy chế này …"."""
    rest = text[end:].lstrip()
    return kind in _TITLED and text[:1].isalpha() and bool(rest) and rest[0].islower() and text[end - 1] not in ".:-–"


def _continues_letters(label: str, before: Sequence[Clause]) -> bool:
    """Whether "C." or "D." follows a part "B." or "C." and is no Roman number."""
    letter = label.strip(" .)-–/")
    above = next((clause.label for clause in reversed(before) if clause.kind == ClauseKind.PART), "")
    return letter in ("C", "D") and above.strip(" .)") == chr(ord(letter) - 1)


def _is_ground(text: str, before: Sequence[Clause]) -> bool:
    """Whether a line is one of the grounds: they stand before everything that has a label."""
    if any(clause.label for clause in before):
        return False
    if _GROUND.match(text):
        return True
    return any(clause.kind == ClauseKind.GROUND for clause in before) and _FURTHER_GROUND.match(text) is not None


def _is_title_of(clause: Clause, before: Clause) -> bool:
    if clause.kind != ClauseKind.PARAGRAPH or clause.label or before.kind not in _TITLED:
        return False
    return not before.text and len(clause.text) <= LONGEST_TITLE


def begins_with_label(text: str) -> bool:
    """Whether a line begins with a label, as far as the line itself tells."""
    return _labelled(tidied(text), ())[0] != ClauseKind.PARAGRAPH
