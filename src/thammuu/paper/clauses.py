"""The text of an administrative document as a run of clauses, whatever file it came from or goes to. Pure.

The kinds and their labels follow Decree 30/2020/NĐ-CP, appendix I, part II: parts, chapters, sections, articles,
clauses, points; indented lines and plain paragraphs between them.
"""

from dataclasses import dataclass
from enum import StrEnum


class ClauseKind(StrEnum):
    """What a clause is, from the outermost to the innermost; `GROUND` is one of the grounds before the text."""

    GROUND = "ground"
    PART = "part"
    CHAPTER = "chapter"
    SECTION = "section"
    ARTICLE = "article"
    CLAUSE = "clause"
    POINT = "point"
    INDENT = "indent"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: its label as printed ("Chương I", "Điều 5.", "1.", "a)", "-", or "") and its words without it."""

    kind: ClauseKind
    text: str
    label: str = ""
