"""What a reader of files hands on: the lines of a text, the label that the file numbers them with, what it left out."""

from dataclasses import dataclass, field
from enum import StrEnum


class Unread(StrEnum):
    """What was not taken over as it stands, or was taken over in another form."""

    TABLE = "table"
    PICTURE = "picture"
    EQUATION = "equation"
    FOOTNOTE = "footnote"
    COMMENT = "comment"
    DELETED = "deleted"
    HIDDEN = "hidden"
    SYMBOL = "symbol"
    NUMBERING = "numbering"
    ENCLOSED = "enclosed"
    INDEX = "index"
    PAGE = "page"
    RUNNING = "running"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that was left out or changed, how often, and where first: the number of a paragraph or a page."""

    what: Unread
    at: int
    count: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text; `label` is what the file numbers it with, "" if its number stands in its words, if any.

    `plain` lines (rows of a table, footnotes) are taken as they are, whatever they begin with.
    """

    text: str
    label: str = ""
    plain: bool = False


@dataclass(slots=True)
class Gathered:
    """The lines of a file as they are found, and what is noticed on the way."""

    lines: list[Line] = field(default_factory=list)
    seen: dict[Unread, tuple[int, int]] = field(default_factory=dict)

    def add(self, text: str, label: str = "", *, plain: bool = False) -> None:
        """Take a paragraph, broken where its writer broke it; empty lines are left out."""
        for number, part in enumerate(line for line in text.split("\n") if line.strip()):
            self.lines.append(Line(part, "" if number else label, plain))

    def notice(self, what: Unread, at: int | None = None) -> None:
        """Note that something at the next line (or `at`) was left out."""
        first, count = self.seen.get(what, (len(self.lines) + 1 if at is None else at, 0))
        self.seen[what] = (first, count + 1)

    def notices(self) -> list[Notice]:
        """Return what was noticed, by place."""
        return sorted(
            (Notice(what, at, count) for what, (at, count) in self.seen.items()), key=lambda each: (each.at, each.what)
        )
