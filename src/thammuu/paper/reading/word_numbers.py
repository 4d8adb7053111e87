"""The numbers that Word counts by itself, which stand in no paragraph's words (ECMA-376 part 1, 17.9)."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from thammuu.paper.reading.counting import letters, ordinal, roman

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS = 9
BULLET = "-"

_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "upperRoman": roman,
    "lowerRoman": lambda number: roman(number).lower(),
    "upperLetter": lambda number: letters(number).upper(),
    "lowerLetter": letters,
    "vietnameseCounting": ordinal,
    "ordinal": str,
    "none": lambda number: "",
}


@dataclass(frozen=True, slots=True)
class Level:
    """How one level counts: its format, its text with places ("Điều %1."), where it starts, after which it restarts."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted."""

    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    shared: dict[str, str] = field(default_factory=dict)
    starts: dict[str, dict[int, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    begun: set[tuple[str, int]] = field(default_factory=set)

    def next(self, number: str, depth: int) -> str | None:
        """Count one further and return the label; "" for a level without one, None if it cannot be told."""
        levels = self.lists.get(number)
        if levels is None or depth not in levels:
            return None
        level = levels[depth]
        counts = self.counts[self.shared[number]]
        override = self.starts[number].get(depth)
        if override is not None and (number, depth) not in self.begun:
            counts[depth] = override
        else:
            counts[depth] = counts.get(depth, level.start - 1) + 1
        self.begun.add((number, depth))
        for deeper in [each for each in counts if each > depth and _restarts(levels.get(each), depth)]:
            del counts[deeper]
        return BULLET if level.format == "bullet" else _label(levels, counts, level)


def numbering_of(root: etree._Element | None) -> Numbering:
    """Return the lists that `numbering.xml` defines; none of a document without it."""
    found = Numbering()
    if root is None:
        return found
    abstract = {node.get(f"{W}abstractNumId", ""): node for node in root.iterfind(f"{W}abstractNum")}
    by_style = {_value(node, "styleLink"): id for id, node in abstract.items() if _value(node, "styleLink")}
    for node in root.iterfind(f"{W}num"):
        number, shared = node.get(f"{W}numId", ""), _value(node, "abstractNumId")
        kept = abstract.get(shared)
        if kept is not None and (linked := by_style.get(_value(kept, "numStyleLink"))):
            shared = linked
        found.shared[number] = shared
        found.lists[number] = _levels(abstract.get(shared))
        found.starts[number] = {}
        for override in node.iterfind(f"{W}lvlOverride"):
            depth = _number(override.get(f"{W}ilvl"), 0)
            found.lists[number].update(_levels(override))
            start = _value(override, "startOverride")
            if start:
                found.starts[number][depth] = _number(start, 1)
    return found


def _restarts(level: Level | None, depth: int) -> bool:
    """Whether a level begins again after one above it counted; a restart of 0 means never (17.9.10)."""
    return level is None or level.restart is None or depth < level.restart


def _label(levels: dict[int, Level], counts: dict[int, int], level: Level) -> str | None:
    text = level.text
    for depth in range(LEVELS):
        place = f"%{depth + 1}"
        if place not in text:
            continue
        inner = levels.get(depth, Level())
        format = _FORMATS.get("decimal" if level.legal else inner.format)
        if format is None:
            return None
        text = text.replace(place, format(counts.setdefault(depth, inner.start)))
    return text.strip()


def _levels(parent: etree._Element | None) -> dict[int, Level]:
    if parent is None:
        return {}
    found = {}
    for node in parent.iterfind(f"{W}lvl"):
        restart = _value(node, "lvlRestart")
        found[_number(node.get(f"{W}ilvl"), 0)] = Level(
            format=_value(node, "numFmt") or "decimal",
            text=_value(node, "lvlText"),
            start=_number(_value(node, "start"), 1),
            restart=_number(restart, 0) if restart else None,
            legal=node.find(f"{W}isLgl") is not None,
        )
    return found


def _value(node: etree._Element, name: str) -> str:
    inner = node.find(f"{W}{name}")
    return "" if inner is None else inner.get(f"{W}val", "")


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 8 else otherwise
