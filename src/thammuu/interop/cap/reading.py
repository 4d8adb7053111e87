"""Read a file of any shape and give back every alert in it, taken in or refused with its faults.

The shapes: one alert; many under a wrapper, in an Atom or RSS feed or a SOAP body; documents one after another;
alerts in the XML or base64 content of an EDXL distribution; alerts written as escaped text inside any of these.
"""

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from lxml import etree

from thammuu.interop.cap.elements import Notes, child, namespace_of
from thammuu.interop.cap.faults import Fault, fault, line_of
from thammuu.interop.cap.grammar import ALERT
from thammuu.interop.cap.meaning import read_alert
from thammuu.interop.cap.message import Alert
from thammuu.interop.cap.opening import Document, Unreadable, open_documents
from thammuu.interop.cap.structure import MAX_FAULTS, structural_faults

MAX_ALERTS = 2000
MAX_NESTING = 3

EDXL = "urn:oasis:names:tc:emergency:EDXL:DE:"
FEEDS = frozenset({"feed", "rss", "RDF"})
# Alerts, however their name is spelt; content in base64; leaves whose text is markup.
_CANDIDATES = etree.XPath(
    "descendant-or-self::*[translate(local-name(), 'ALERT', 'alert') = 'alert' or local-name() = 'contentData'"
    " or (not(*) and starts-with(normalize-space(.), '<'))]"
)
_HINTS = ("urn:oasis:names:tc:emergency:cap:", "http://www.incident.com/cap/", "<alert")
_ENCLOSED = (*_HINTS, EDXL)


@dataclass(frozen=True)
class Finding:
    """One alert of a file.

    `alert` is None exactly where `faults` refuse it; then `identifier` and `sender` say what could be read of them.
    `raw` is the alert's own XML, UTF-8. `line` is where it begins; lines inside enclosed content are counted from the
    content's own beginning.
    """

    alert: Alert | None
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]
    raw: bytes
    line: int
    identifier: str
    sender: str
    envelope_status: str = ""


@dataclass(frozen=True)
class Reading:
    """What a file holds: its alerts in their order, and the faults of the file or of a document in it."""

    findings: tuple[Finding, ...]
    faults: tuple[Fault, ...]

    @property
    def alerts(self) -> tuple[Alert, ...]:
        """The alerts that are taken in."""
        return tuple(finding.alert for finding in self.findings if finding.alert is not None)


def read(content: bytes) -> Reading:
    """Read a file. Nothing is raised, whatever the bytes are."""
    findings: list[Finding] = []
    faults: list[Fault] = []
    for found in _read(content, 0, ""):
        if isinstance(found, Fault):
            faults.append(found)
        elif len(findings) == MAX_ALERTS:
            return Reading(tuple(findings), (*faults, fault("too-many-alerts", limit=MAX_ALERTS)))
        else:
            findings.append(found)
    return Reading(tuple(findings), tuple(faults))


def _read(content: bytes, nesting: int, status: str) -> Iterator[Finding | Fault]:
    if nesting > MAX_NESTING:
        yield fault("content-nested", limit=MAX_NESTING)
        return
    try:
        for document in open_documents(content):
            if isinstance(document, Fault):
                yield document
            else:
                yield from _document(document, nesting, status)
    except Unreadable as error:
        yield error.fault


def _document(document: Document, nesting: int, status: str) -> Iterator[Finding | Fault]:
    found = False
    for item in _seek(document.root, nesting, status):
        if isinstance(item, Finding):
            lines = document.first_line
            item = _moved(item, lines) if lines else item
            if document.warnings:
                item = Finding(**{**item.__dict__, "warnings": (*document.warnings, *item.warnings)})
        found = True
        yield item
    if not found:
        yield _nothing(document)


def _moved(item: Finding, lines: int) -> Finding:
    """The same finding with its lines counted from the beginning of the file."""
    faults, warnings = (
        tuple(entry._replace(line=entry.line + lines) if entry.line else entry for entry in entries)
        for entries in (item.faults, item.warnings)
    )
    return Finding(**{**item.__dict__, "faults": faults, "warnings": warnings, "line": item.line + lines})


def _nothing(document: Document) -> Fault:
    root = document.root
    name, line = etree.QName(root).localname, document.first_line + line_of(root)
    if name in FEEDS:
        return fault("index-only", name, line)
    return fault("no-alert", name, line, root=root.tag)


def _seek(root: etree._Element, nesting: int, status: str) -> Iterator[Finding | Fault]:
    """Find alerts in the order of the document; what an alert encloses is the alert's own and is not sought."""
    for node in cast(list[etree._Element], _CANDIDATES(root)):
        within = list(node.iterancestors())
        if any(_is_alert(outer) for outer in within):
            continue
        said = next((found for outer in within if (found := _distribution_status(outer))), status)
        if _is_alert(node):
            yield _finding(node, said)
        elif _is_content(node):
            yield from _enclosed_bytes(node, nesting, said)
        elif _looks_like_alert(node.text):
            yield from _read((node.text or "").strip().encode(), nesting + 1, said)


def _is_alert(node: etree._Element) -> bool:
    return etree.QName(node).localname.lower() == "alert"


def _is_content(node: etree._Element) -> bool:
    """Whether an EDXL envelope holds something in base64 here."""
    return namespace_of(node).startswith(EDXL) and etree.QName(node).localname == "contentData"


def _distribution_status(node: etree._Element) -> str:
    """What an EDXL envelope says of everything in it; empty for Actual and for elements that do not say."""
    if not namespace_of(node).startswith(EDXL) or etree.QName(node).localname != "EDXLDistribution":
        return ""
    for path in ("{*}distributionStatus", "{*}distributionStatus/{*}*"):
        for found in node.iterfind(path):
            value = (found.text or "").strip()
            if value.capitalize() in {"Exercise", "Test", "System"}:
                return value.capitalize()
    return ""


def _looks_like_alert(text: str | None) -> bool:
    """Whether the text of a leaf is an alert that was escaped or put into CDATA."""
    start = (text or "").lstrip()
    return start.startswith("<") and any(hint in start for hint in _HINTS)


def _enclosed_bytes(node: etree._Element, nesting: int, status: str) -> Iterator[Finding | Fault]:
    if _looks_like_alert(node.text):
        # Written plainly, where the envelope wants base64.
        yield from _read((node.text or "").strip().encode(), nesting + 1, status)
        return
    try:
        content = base64.b64decode("".join((node.text or "").split()), validate=True)
    except (binascii.Error, ValueError):
        yield fault("content-not-base64", "contentData", line_of(node))
        return
    # In every encoding that has two or four bytes for a letter, leaving out the zeros leaves the letters.
    letters = content.replace(b"\0", b"")
    if any(hint.encode() in letters for hint in _ENCLOSED) or not content:
        yield from _read(content, nesting + 1, status)


def _finding(node: etree._Element, status: str) -> Finding:
    namespace, notes, alert = namespace_of(node), Notes(), None
    if namespace in ALERT and etree.QName(node).localname != "alert":
        notes.refuse("alert-name", etree.QName(node).localname, node, name=etree.QName(node).localname)
    elif namespace not in ALERT:
        code = "namespace-unknown" if namespace else "no-namespace"
        notes.refuse(code, etree.QName(node).localname, node, namespace=namespace)
    else:
        notes.faults += structural_faults(node)
        if not notes.faults:
            alert = read_alert(node, notes)
    if alert is not None and status and alert.status == "Actual":
        notes.warn(
            "envelope-status",
            "EDXLDistribution/distributionStatus",
            node,
            envelope=status,
            alert=alert.status,
        )
    return Finding(
        alert=alert,
        faults=tuple(notes.faults[:MAX_FAULTS]),
        warnings=tuple(notes.warnings[:MAX_FAULTS]),
        raw=etree.tostring(node, encoding="utf-8", with_tail=False),
        line=line_of(node),
        identifier=_glimpse(node, "identifier"),
        sender=_glimpse(node, "sender"),
        envelope_status=status,
    )


def _glimpse(node: etree._Element, name: str) -> str:
    """What stands as identifier or sender of an alert that may be refused, cut to what a line can show."""
    found = child(node, name)
    return ((found.text or "") if found is not None else "").strip()[:200]
