"""The numbers that OpenDocument lists count by themselves (OASIS OpenDocument 1.3 part 3, 16.30 and 19.880)."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from lxml import etree

from thammuu.paper.reading.counting import letters, roman

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
BULLET = "-"
HEADINGS = "\0"

_FORMATS: dict[str, Callable[[int], str]] = {
    "1": str,
    "I": roman,
    "i": lambda number: roman(number).lower(),
    "A": lambda number: letters(number).upper(),
    "a": letters,
}
_PLACE = re.compile(r"%(\d{1,2})%")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level counts. `pattern` ("Điều %1%.") is LibreOffice's own; else prefix, number and suffix make it up."""

    format: str = ""
    prefix: str = ""
    suffix: str = ""
    shown: int = 1
    start: int = 1
    bullet: bool = False
    pattern: str = ""


@dataclass(slots=True)
class Counted:
    """How far one list has counted, by level from 1."""

    levels: dict[int, Level]
    counts: dict[int, int] = field(default_factory=dict)

    def next(self, depth: int, start: int | None = None) -> str | None:
        """Count one further at a depth, or begin there at `start`; the label, "" for none, None if unknown."""
        level = self.levels.get(depth)
        if level is None:
            return ""
        self.counts[depth] = self.counts.get(depth, level.start - 1) + 1 if start is None else start
        for deeper in [each for each in self.counts if each > depth]:
            del self.counts[deeper]
        if level.bullet:
            return BULLET
        return self._printed(level, depth)

    def _printed(self, level: Level, depth: int) -> str | None:
        if level.pattern:
            places = [int(place) for place in _PLACE.findall(level.pattern)]
            numbers = {place: self._number(place) for place in places}
            if None in numbers.values():
                return None
            return _PLACE.sub(lambda match: numbers[int(match[1])] or "", level.pattern).strip()
        shown = [self._number(each) for each in range(max(1, depth - level.shown + 1), depth + 1)]
        if None in shown:
            return None
        number = ".".join(each for each in shown if each)
        return f"{level.prefix}{number}{level.suffix}".strip() if number else ""

    def _number(self, depth: int) -> str | None:
        """Return the number of a level, "" for one that is not shown, None for a format that is not known."""
        level = self.levels.get(depth)
        if level is None or not level.format:
            return ""
        format = _FORMATS.get(level.format)
        return None if format is None else format(self.counts.get(depth, level.start))


def lists_of(roots: Iterable[etree._Element]) -> dict[str, dict[int, Level]]:
    """Return the list styles by name; that of the headings is `HEADINGS`."""
    found: dict[str, dict[int, Level]] = {}
    for root in roots:
        for style in root.iter(f"{TEXT}list-style"):
            found[style.get(f"{STYLE}name", "")] = _levels(style)
        for style in root.iter(f"{TEXT}outline-style"):
            found[HEADINGS] = _levels(style)
    return found


def number_in(text: str | None, otherwise: int) -> int:
    """Return the number of an attribute."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 8 else otherwise


def _levels(style: etree._Element) -> dict[int, Level]:
    return {
        number_in(node.get(f"{TEXT}level"), 1): Level(
            format=node.get(f"{STYLE}num-format", ""),
            prefix=node.get(f"{STYLE}num-prefix", ""),
            suffix=node.get(f"{STYLE}num-suffix", ""),
            shown=number_in(node.get(f"{TEXT}display-levels"), 1),
            start=number_in(node.get(f"{TEXT}start-value"), 1),
            bullet=str(node.tag) == f"{TEXT}list-level-style-bullet",
            pattern=node.get(f"{LOEXT}num-list-format", "") if node.get(f"{STYLE}num-format") else "",
        )
        for node in style
        if isinstance(node.tag, str)
    }
