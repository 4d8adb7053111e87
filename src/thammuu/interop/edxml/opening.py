"""From hostile bytes to one element tree: a document type is refused before the parser sees it, depth and number of
elements are counted while it reads, nothing is fetched. Attachments need longer texts than a parser takes by itself;
how long the file may be bounds them.
"""

import re

from lxml import etree

from thammuu.interop.cap.opening import Unreadable as NotText
from thammuu.interop.cap.opening import decode
from thammuu.interop.edxml.faults import Fault, fault

MAX_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 20
MAX_ELEMENTS = 20_000
_PIECE = 1 << 16
_DECLARATION = re.compile(r"<\?xml[ \t\r\n][^>]{0,300}\?>")


class Unreadable(Exception):
    """The bytes cannot be read as XML at all."""

    def __init__(self, what: Fault) -> None:
        super().__init__(what.say())
        self.fault = what


def open_document(content: bytes) -> etree._Element:
    """Return the root element. Raises `Unreadable`."""
    try:
        text = decode(content, MAX_BYTES)
    except NotText as refused:
        raise Unreadable(Fault(*refused.fault)) from None
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise Unreadable(fault("doctype", line=_line(text, min(_places(text)))))
    declared = _DECLARATION.match(text)
    if declared:
        # Its encoding no longer holds; the lines stay where they were.
        text = "\n" * declared[0].count("\n") + text[declared.end() :]
    return _parse(text.encode("utf-8", "surrogatepass"))


def _places(text: str) -> list[int]:
    return [place for place in (text.find("<!DOCTYPE"), text.find("<!ENTITY")) if place >= 0]


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


def _parse(content: bytes) -> etree._Element:
    parser = etree.XMLPullParser(
        ("start", "end"), encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    depth = count = 0
    try:
        for start in range(0, len(content), _PIECE):
            parser.feed(content[start : start + _PIECE])
            for event, node in parser.read_events():
                depth += 1 if event == "start" else -1
                count += event == "start"
                if depth > MAX_DEPTH:
                    raise Unreadable(fault("too-deep", line=_line_of(node), limit=MAX_DEPTH))
                if count > MAX_ELEMENTS:
                    raise Unreadable(fault("too-many-elements", line=_line_of(node), limit=MAX_ELEMENTS))
        return parser.close()
    except etree.XMLSyntaxError as error:
        raise Unreadable(fault("not-xml", line=error.lineno or 1, detail=error.msg or "")) from None


def _line_of(node: object) -> int:
    return int(getattr(node, "sourceline", 0) or 0)
