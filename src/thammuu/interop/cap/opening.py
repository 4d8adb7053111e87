"""From hostile bytes to element trees: no entity is expanded, no DTD read, the network never touched.

The bytes are decoded here, strictly, with one of a closed list of encodings, so that no declaration can hide
from us in an encoding of its own; a document type is refused before the parser sees it; what is parsed is
UTF-8 text.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from lxml import etree

from thammuu.interop.cap.faults import Fault, fault

MAX_BYTES = 32 * 1024 * 1024
MAX_DOCUMENTS = 2000
# The parser's own limit, told to the sender.
MAX_DEPTH = 256
ENCODINGS = frozenset(
    {"utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "ascii", "gb18030", "gbk", "gb2312", "big5",
    "shift_jis",
     "euc_jp", "euc_kr", "koi8-r", "koi8-u"}
    | {f"iso8859-{part}" for part in (*range(1, 12), *range(13, 17))}
    | {f"cp{page}" for page in (*range(1250, 1259), 874, 932, 949, 950)}
)  # fmt: skip
_ARCHIVES = {
    b"\x1f\x8b": "gzip", b"PK\x03\x04": "zip", b"BZh": "bzip2", b"\xfd7zXZ": "xz",
    b"\x28\xb5\x2f\xfd": "zstandard",
    b"7z\xbc\xaf": "7z", b"Rar!": "rar",
}  # fmt: skip
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_DECLARED = re.compile(rb"""\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_DECLARATION = re.compile(r"<\?xml(?=[ \t\r\n])[^>]{0,300}\?>")
_STARTS = re.compile(r"<\?xml(?=[ \t\r\n])")
_PLACE = re.compile(r"(, line \d+, column \d+)+$")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# Before the root element there are only white space, comments, processing instructions and the document type.
_PROLOG = re.compile(r"(?:[ \t\r\n]+|<!--.*?-->|<\?.*?\?>)*", re.DOTALL)


class Unreadable(Exception):
    """The bytes cannot be read as XML at all."""

    def __init__(self, what: Fault) -> None:
        super().__init__(what.say())
        self.fault = what


@dataclass(frozen=True)
class Document:
    """One XML document of a file; `first_line` is the file's line on which it begins, less one."""

    root: etree._Element
    first_line: int
    warnings: tuple[Fault, ...] = ()


def open_documents(content: bytes) -> Iterator[Document | Fault]:
    """The documents of a file, usually one; documents that follow one another are told apart.

    Each is yielded as its tree or as the fault that spoils it; a fault of the whole file raises Unreadable.
    """
    text = decode(content)
    whole = _parse(text, 0)
    cuts = [match.start() for match in _STARTS.finditer(text)]
    if isinstance(whole, Document) or whole.code != "not-xml" or not cuts:
        yield _roots(text, 0, whole)
        return
    edges = [*([0] if text[: cuts[0]].strip() else []), *cuts, len(text)]
    if len(edges) > MAX_DOCUMENTS:
        raise Unreadable(fault("too-many-alerts", limit=MAX_DOCUMENTS))
    for start, end in pairwise(edges):
        before, part = text.count("\n", 0, start), text[start:end].strip()
        found = _roots(part, before, _parse(part, before))
        if isinstance(found, Document) and start and len(edges) == 2:
            found = replace(found, warnings=(fault("declaration-late", line=before + 1),))
        yield found


def decode(content: bytes, limit: int = MAX_BYTES) -> str:
    """The text of the file, by its byte order mark, its declaration or UTF-8, in that order."""
    if not content.strip():
        raise Unreadable(fault("empty"))
    if len(content) > limit:
        raise Unreadable(fault("too-large", size=len(content), limit=limit))
    for magic, kind in _ARCHIVES.items():
        if content.startswith(magic):
            raise Unreadable(fault("compressed", kind=kind))
    name = _encoding(content)
    try:
        text = content.decode(name)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Unreadable(fault("encoding-broken", line=line, encoding=name.upper())) from None
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise Unreadable(fault("empty"))
    if (bad := _FORBIDDEN.search(text)) is not None:
        raise Unreadable(fault("not-text", line=text.count("\n", 0, bad.start()) + 1))
    return text


def _encoding(content: bytes) -> str:
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name
    if content.startswith(b"<\x00\x00\x00"):
        return "utf-32-le"
    if content.startswith(b"\x00\x00\x00<"):
        return "utf-32-be"
    if content.startswith(b"<\x00"):
        return "utf-16-le"
    if content.startswith(b"\x00<"):
        return "utf-16-be"
    declared = _DECLARED.match(content)
    if declared is None:
        return "utf-8"
    label = declared[1].decode("ascii")
    try:
        name = codecs.lookup(label).name
    except LookupError:
        name = ""
    if name not in ENCODINGS or name.startswith(("utf-16", "utf-32")):
        # A text that could be read this far is not UTF-16 or UTF-32, whatever it says.
        raise Unreadable(fault("encoding-unknown", line=1, encoding=label))
    return name


def _roots(text: str, before: int, found: Document | Fault) -> Document | Fault:
    """Where a text is not XML because roots follow one another in it, put them under one; else what was found."""
    if isinstance(found, Document) or found.code != "not-xml":
        return found
    declaration = _DECLARATION.match(text)
    skipped = declaration[0] if declaration else ""
    body = text[len(skipped) :]
    if _has_doctype(body):
        return found
    together = _parse(f"<documents>{body}</documents>", before + skipped.count("\n"))
    if isinstance(together, Fault) or len(together.root) < 2:
        return found
    stray = (together.root.text or "") + "".join(node.tail or "" for node in together.root)
    return found if stray.strip() else together


def _has_doctype(text: str) -> bool:
    prolog = _PROLOG.match(text)
    return text.startswith("<!DOCTYPE", prolog.end() if prolog else 0)


def _parse(text: str, before: int) -> Document | Fault:
    if _has_doctype(text):
        prolog = _PROLOG.match(text)
        line = before + text.count("\n", 0, prolog.end() if prolog else 0) + 1
        return fault("doctype", line=line)
    try:
        root = etree.fromstring(_plain(text), _parser())
    except etree.XMLSyntaxError as error:
        return _not_xml(error, before)
    return Document(root, before)


def _not_xml(error: etree.XMLSyntaxError, before: int) -> Fault:
    line = before + (error.lineno or 1)
    # The place within the part that was parsed says nothing to the sender of the whole file.
    detail = _PLACE.sub("", error.msg or "")
    if "Excessive depth" in detail:
        return fault("too-deep", line=line, limit=MAX_DEPTH)
    if "XML_PARSE_HUGE" in detail:
        return fault("text-too-long", line=line)
    return fault("not-xml", line=line, detail=detail)


def _plain(text: str) -> bytes:
    """UTF-8 without the declaration, whose encoding no longer holds; the lines stay where they were."""
    declaration = _DECLARATION.match(text)
    if declaration is not None:
        text = "\n" * declaration[0].count("\n") + text[declaration.end() :]
    return text.encode("utf-8", "surrogatepass")


def _parser() -> etree.XMLParser:
    """No entity is expanded, no DTD loaded, nothing fetched; the library's own limits on size and depth hold."""
    return etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        huge_tree=False, remove_comments=True, remove_pis=True, strip_cdata=True,
    )  # fmt: skip
