"""The text of an OpenDocument text (ODT), without its layout; OASIS OpenDocument 1.3, part 3.

Taken as it would read when printed: deletions, comments, headers, footers and tables of contents are out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from thammuu.paper.reading.lines import Gathered, Unread
from thammuu.paper.reading.open_numbers import HEADINGS, STYLE, TEXT, Counted, Level, lists_of, number_in

Parts = Mapping[str, bytes]

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_CELL_GAP = " | "
_PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")
_INDEXES = (
    "table-of-content", "illustration-index", "table-index", "object-index", "user-index", "alphabetical-index",
    "bibliography",
)  # fmt: skip
_MOST_SPACES = 1000


@dataclass(slots=True)
class _Text:
    """A text that is being read: its list styles, the lists so far, and what has been gathered."""

    styles: dict[str, dict[int, Level]]
    parents: dict[str, tuple[str, str]]
    gathered: Gathered = field(default_factory=Gathered)
    lists: dict[str, Counted] = field(default_factory=dict)
    last: dict[str, Counted] = field(default_factory=dict)
    headings: Counted = field(default_factory=lambda: Counted({}))
    notes: list[tuple[str, etree._Element]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in lists a paragraph stands: in which, how deep, and whether it is the first of its item."""

    counted: Counted | None = None
    style: str = ""
    depth: int = 0
    numbered: bool = False
    start: int | None = None


def read_open_text(parts: Parts) -> Gathered:
    """Return the lines of a text and its footnotes. Raises `KeyError` if it has none."""
    content = _tree(parts["content.xml"])
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise KeyError("text")
    roots = [*([_tree(parts["styles.xml"])] if "styles.xml" in parts else []), content]
    text = _Text(lists_of(roots), _styles(roots))
    text.headings = Counted(text.styles.get(HEADINGS, {}))
    _blocks(text, body, _Place())
    for label, note in text.notes:
        words = " ".join(_words(text, paragraph) for paragraph in note.iter(*_PARAGRAPHS))
        text.gathered.add(words.replace("\n", " "), label, plain=True)
    return text.gathered


def _styles(roots: list[etree._Element]) -> dict[str, tuple[str, str]]:
    """Return for each paragraph style the one above it and its list style."""
    return {
        node.get(f"{STYLE}name", ""): (
            node.get(f"{STYLE}parent-style-name", ""), node.get(f"{STYLE}list-style-name", "")
        )
        for root in roots
        for node in root.iter(f"{STYLE}style")
        if node.get(f"{STYLE}family") == "paragraph"
    }  # fmt: skip


def _blocks(text: _Text, parent: etree._Element, place: _Place) -> None:
    for node in parent:
        tag = str(node.tag)
        if tag in _PARAGRAPHS:
            _paragraph(text, node, place)
            place = _Place(place.counted, place.style, place.depth)
        elif tag == f"{TEXT}list":
            _list(text, node, place)
        elif tag == f"{_TABLE}table":
            _table(text, node)
        elif tag.startswith(_DRAW):
            _drawn(text, node)
        elif tag == f"{TEXT}section" and node.get(f"{TEXT}display") != "none":
            _blocks(text, node, place)
        else:
            _left_out(text, node)


def _table(text: _Text, node: etree._Element) -> None:
    text.gathered.notice(Unread.TABLE)
    for row in node.iter(f"{_TABLE}table-row"):
        if next(row.iterancestors(f"{_TABLE}table")) is node:
            cells = [_cell(text, cell) for cell in row if str(cell.tag) == f"{_TABLE}table-cell"]
            text.gathered.add(_CELL_GAP.join(cell for cell in cells if cell), plain=True)


def _left_out(text: _Text, node: etree._Element) -> None:
    tag = str(node.tag)
    if tag.removeprefix(TEXT) in _INDEXES:
        text.gathered.notice(Unread.INDEX)
    elif tag == f"{TEXT}section":
        text.gathered.notice(Unread.HIDDEN)
    elif tag == f"{TEXT}tracked-changes":
        for _deletion in node.iter(f"{TEXT}deletion"):
            text.gathered.notice(Unread.DELETED)


def _list(text: _Text, node: etree._Element, outside: _Place) -> None:
    style = node.get(f"{TEXT}style-name", "") or outside.style
    counted = outside.counted if outside.depth and style == outside.style else _counted(text, node, style)
    for item in node:
        if str(item.tag) not in (f"{TEXT}list-item", f"{TEXT}list-header"):
            continue
        start = item.get(f"{TEXT}start-value")
        # An item that only leads to a deeper list is none itself.
        first = next((str(child.tag) for child in item), "")
        numbered = str(item.tag) == f"{TEXT}list-item" and first in _PARAGRAPHS
        place = _Place(counted, style, outside.depth + 1, numbered, number_in(start, 1) if start else None)
        _blocks(text, item, place)


def _counted(text: _Text, node: etree._Element, style: str) -> Counted:
    """Return how far the list has counted that this one continues, or a new one."""
    known = text.lists.get(node.get(f"{TEXT}continue-list", ""))
    if known is None and node.get(f"{TEXT}continue-numbering") == "true":
        known = text.last.get(style)
    counted = text.last[style] = known or Counted(text.styles.get(style, {}))
    if name := node.get(_XML_ID):
        text.lists[name] = counted
    return counted


def _paragraph(text: _Text, node: etree._Element, place: _Place) -> None:
    words = _words(text, node)
    label = _label(text, node, place) if words.strip() else ""
    text.gathered.add(words, label)
    for inner in node:
        if str(inner.tag).startswith(_DRAW):
            _drawn(text, inner)


def _label(text: _Text, node: etree._Element, place: _Place) -> str:
    label: str | None = ""
    if place.numbered and place.counted:
        if not place.counted.levels:
            # The list names no style of its own: that of the paragraph counts.
            place.counted.levels = text.styles.get(_list_style(text, node), {})
        label = place.counted.next(place.depth, place.start)
    elif str(node.tag) == f"{TEXT}h" and not place.depth and node.get(f"{TEXT}is-list-header") != "true":
        label = text.headings.next(number_in(node.get(f"{TEXT}outline-level"), 1))
    if label is None:
        text.gathered.notice(Unread.NUMBERING)
    return label or ""


def _list_style(text: _Text, node: etree._Element) -> str:
    name = node.get(f"{TEXT}style-name", "")
    for _step in range(20):
        above, style = text.parents.get(name, ("", ""))
        if style or not above:
            return style
        name = above
    return ""


def _cell(text: _Text, cell: etree._Element) -> str:
    paragraphs = (_words(text, node).replace("\n", " ").strip() for node in cell.iter(*_PARAGRAPHS))
    return " ".join(words for words in paragraphs if words)


def _drawn(text: _Text, node: etree._Element) -> None:
    """Read a text box after the paragraph on which it hangs; note a picture."""
    for box in node.iter(f"{_DRAW}text-box"):
        _blocks(text, box, _Place())
    for _picture in node.iter(f"{_DRAW}image"):
        text.gathered.notice(Unread.PICTURE)
    for _object in node.iter(f"{_DRAW}object"):
        text.gathered.notice(Unread.EQUATION)


def _words(text: _Text, paragraph: etree._Element) -> str:
    return "".join(_signs(text, paragraph))


def _signs(text: _Text, parent: etree._Element) -> Iterator[str]:
    yield parent.text or ""
    for node in parent:
        tag = str(node.tag)
        if tag == f"{TEXT}s":
            yield " " * min(number_in(node.get(f"{TEXT}c"), 1), _MOST_SPACES)
        elif tag == f"{TEXT}tab":
            yield " "
        elif tag == f"{TEXT}line-break":
            yield "\n"
        elif tag == f"{TEXT}note":
            text.notes.append((f"[{len(text.notes) + 1}]", node))
            text.gathered.notice(Unread.FOOTNOTE)
            yield f" [{len(text.notes)}]"
        elif tag == f"{TEXT}hidden-text":
            text.gathered.notice(Unread.HIDDEN)
        elif tag == f"{_OFFICE}annotation":
            text.gathered.notice(Unread.COMMENT)
        elif tag.startswith(TEXT):
            yield from _signs(text, node)
        yield node.tail or ""


def _tree(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
