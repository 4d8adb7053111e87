"""The text of a Word document (DOCX): ECMA-376 part 1, read part by part, without its layout.

Taken as they would read when printed: insertions are in, deletions, hidden words, comments, headers and footers out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from thammuu.paper.reading.lines import Gathered, Unread
from thammuu.paper.reading.word_numbers import Numbering, W, numbering_of

Parts = Mapping[str, bytes]
DEEPEST_STYLE = 20

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_OFF = ("0", "false", "off", "none")
_CELL_GAP = " | "
# Runs of text as they are: what stands in a symbol's, a picture's or a field's place.
_SIGNS = {
    f"{W}tab": " ",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "",
    f"{W}ptab": " ",
}
_NOTED = {
    f"{W}del": Unread.DELETED, f"{W}moveFrom": Unread.DELETED, f"{W}commentReference": Unread.COMMENT,
    f"{W}altChunk": Unread.ENCLOSED, f"{W}sym": Unread.SYMBOL, f"{W}object": Unread.ENCLOSED,
    f"{_MATH}oMath": Unread.EQUATION,
}  # fmt: skip
_PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
_LEFT_OUT = (f"{W}instrText", f"{W}delText", f"{W}delInstrText", f"{W}rPr", f"{W}pPr", f"{_MC}Fallback")


@dataclass(slots=True)
class _Document:
    """A document that is being read: its styles, its lists, and what has been gathered."""

    styles: dict[str, etree._Element]
    default: str
    numbering: Numbering
    notes: dict[str, etree._Element]
    gathered: Gathered = field(default_factory=Gathered)
    noted: list[str] = field(default_factory=list)


def read_word(parts: Parts) -> Gathered:
    """Return the lines of a document's main text and its footnotes. Raises `KeyError` if it has no main text."""
    body = _tree(parts[_main_part(parts)]).find(f"{W}body")
    if body is None:
        raise KeyError("body")
    styles = _optional(parts, "word/styles.xml")
    named = {} if styles is None else {node.get(f"{W}styleId", ""): node for node in styles.iterfind(f"{W}style")}
    default = next(
        (id for id, node in named.items() if node.get(f"{W}default") and node.get(f"{W}type") == "paragraph"), ""
    )
    notes: dict[str, etree._Element] = {}
    for kind in ("footnote", "endnote"):
        found = _optional(parts, f"word/{kind}s.xml")
        if found is not None:
            notes |= {f"{kind} {node.get(f'{W}id')}": node for node in found.iterfind(f"{W}{kind}")}
    document = _Document(named, default, numbering_of(_optional(parts, "word/numbering.xml")), notes)
    _blocks(document, body)
    for number, name in enumerate(document.noted, 1):
        _footnote(document, number, name)
    return document.gathered


def _main_part(parts: Parts) -> str:
    """Return the name of the part with the text, which the package's relations tell."""
    relations = _optional(parts, "_rels/.rels")
    for node in () if relations is None else relations.iter("{*}Relationship"):
        if node.get("Type", "").endswith("/officeDocument"):
            return node.get("Target", "").lstrip("/")
    return "word/document.xml"


def _blocks(document: _Document, parent: etree._Element) -> None:
    """Read paragraphs and tables, also those in content controls and in insertions."""
    for node in parent:
        if node.tag == f"{W}p":
            _paragraph(document, node)
        elif node.tag == f"{W}tbl":
            document.gathered.notice(Unread.TABLE)
            for row in _rows(node):
                cells = [_cell(document, cell) for cell in row]
                document.gathered.add(_CELL_GAP.join(cell for cell in cells if cell), plain=True)
        elif node.tag == f"{W}sdt" and _is_index(node):
            document.gathered.notice(Unread.INDEX)
        elif node.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"):
            _blocks(document, node)
        elif node.tag in _NOTED:
            document.gathered.notice(_NOTED[str(node.tag)])


def _is_index(control: etree._Element) -> bool:
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(f"{W}val") == "Table of Contents"


def _rows(table: etree._Element) -> Iterator[list[etree._Element]]:
    for row in table.iter(f"{W}tr"):
        if next(row.iterancestors(f"{W}tbl")) is table:
            yield [cell for cell in row.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tr")) is row]


def _cell(document: _Document, cell: etree._Element) -> str:
    """Return the words of a cell on one line, also those of tables inside it."""
    paragraphs = (_words(document, node).replace("\n", " ").strip() for node in cell.iter(f"{W}p"))
    return " ".join(words for words in paragraphs if words)


def _paragraph(document: _Document, node: etree._Element) -> None:
    words = _words(document, node)
    label = _label(document, node) if words.strip() else ""
    document.gathered.add(words, label)
    # A text box hangs on a paragraph and reads after it.
    for box in node.iter(f"{W}txbxContent"):
        if not any(above.tag == f"{_MC}Fallback" for above in box.iterancestors()):
            _blocks(document, box)


def _words(document: _Document, paragraph: etree._Element) -> str:
    return "".join(_signs(document, paragraph))


def _signs(document: _Document, parent: etree._Element) -> Iterator[str]:
    for node in parent:
        tag = str(node.tag)
        if tag == f"{W}t":
            yield node.text or ""
        elif tag in _SIGNS:
            yield _SIGNS[tag] if node.get(f"{W}type", "textWrapping") == "textWrapping" else " "
        elif tag in _NOTED:
            document.gathered.notice(_NOTED[tag])
        elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            document.noted.append(f"{tag.removeprefix(W).removesuffix('Reference')} {node.get(f'{W}id')}")
            yield f" [{len(document.noted)}]"
        elif tag == f"{W}r" and _hidden(node):
            document.gathered.notice(Unread.HIDDEN)
        elif tag in (f"{W}drawing", f"{W}pict"):
            if any(True for name in _PICTURES for _picture in node.iter(name)):
                document.gathered.notice(Unread.PICTURE)
        elif tag not in _LEFT_OUT:
            yield from _signs(document, node)


def _hidden(run: etree._Element) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(f"{W}val", "1") not in _OFF


def _label(document: _Document, paragraph: etree._Element) -> str:
    """Return the number that Word gives the paragraph: its own list, else that of its style or those it is based on."""
    number, depth = _listed(paragraph.find(f"{W}pPr"))
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    name = document.default if style is None else style.get(f"{W}val", "")
    for _step in range(DEEPEST_STYLE):
        node = document.styles.get(name)
        if node is None or (number is not None and depth is not None):
            break
        styled, deep = _listed(node.find(f"{W}pPr"))
        number, depth = (styled if number is None else number), (deep if depth is None else depth)
        based = node.find(f"{W}basedOn")
        name = "" if based is None else based.get(f"{W}val", "")
    if number in (None, "", "0"):
        return ""
    label = document.numbering.next(number or "", depth or 0)
    if label is None:
        document.gathered.notice(Unread.NUMBERING)
    return label or ""


def _listed(properties: etree._Element | None) -> tuple[str | None, int | None]:
    if properties is None:
        return None, None
    number, level = properties.find(f"{W}numPr/{W}numId"), properties.find(f"{W}numPr/{W}ilvl")
    depth = None if level is None else level.get(f"{W}val", "")
    return (
        None if number is None else number.get(f"{W}val", ""),
        int(depth) if depth and depth.isascii() and depth.isdecimal() and len(depth) == 1 else None,
    )


def _footnote(document: _Document, number: int, name: str) -> None:
    node = document.notes.get(name)
    if node is None:
        return
    words = " ".join(_words(document, paragraph) for paragraph in node.iter(f"{W}p"))
    document.gathered.notice(Unread.FOOTNOTE)
    document.gathered.add(words.replace("\n", " "), f"[{number}]", plain=True)


def _optional(parts: Parts, name: str) -> etree._Element | None:
    return _tree(parts[name]) if name in parts else None


def _tree(content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(content.replace(_STRICT, W[1:-1].encode()), parser)
