"""From a structurally valid element to an alert, by the rules that the standard states beyond its schema.

A fault that leaves in doubt who sent what, to whom, about which message or where refuses the alert; anything else is
a warning beside an alert that is taken in, because a warning service's small mistake must not hide a storm.
"""

from datetime import datetime

from lxml import etree

from thammuu.interop.cap import lexical
from thammuu.interop.cap.blocks import read_info
from thammuu.interop.cap.elements import Notes, child, children, items, namespace_of, plain, text, texts, time
from thammuu.interop.cap.grammar import CAP_10, SIGNATURE, VERSION
from thammuu.interop.cap.message import Alert, Info, Reference

# Bytes of an identifier or a sender: both together, with the time, are what a message is looked up by.
MAX_IDENTITY = 1000
LONGEST_TIME = 100
REFERRING = frozenset({"Update", "Cancel", "Ack", "Error"})


def read_alert(node: etree._Element, notes: Notes) -> Alert | None:
    """The alert of an element that the grammar allows; None where a fault refuses it."""
    identifier, sender = _identity(node, "identifier", notes), _identity(node, "sender", notes)
    sent = time(node, "sent", "alert/sent", notes)
    message_type = text(node, "msgType")
    # CAP 1.0 lets the scope out; a message without one is for everybody.
    scope = text(node, "scope") or "Public"
    _audience(node, scope, notes)
    infos = tuple(read_info(item, f"alert/info[{place}]", notes) for place, item in _numbered(node, "info"))
    if not infos and message_type not in REFERRING - {"Update"}:
        notes.warn("info-missing", "alert", node)
    references = _references(node, (sender, identifier, sent), notes)
    if sent is not None:
        _expiry(node, infos, sent, notes)
    if notes.faults or sent is None:
        return None
    return Alert(
        version=VERSION[namespace_of(node)], identifier=identifier, sender=sender, sent=sent,
        status=text(node, "status"), message_type=message_type, scope=scope, source=plain(node, "source"),
        restriction=plain(node, "restriction"), addresses=items(text(node, "addresses")), codes=texts(node,
        "code"),
        note=plain(node, "note"), references=references, incidents=items(text(node, "incidents")),
        infos=infos,
        signed=any(namespace_of(item) == SIGNATURE for item in node),
    )  # fmt: skip


def _numbered(node: etree._Element, name: str) -> enumerate[etree._Element]:
    return enumerate(children(node, name), 1)


def _identity(node: etree._Element, name: str, notes: Notes) -> str:
    """An identifier or sender: one word without the characters that divide references and open markup."""
    raw, near = text(node, name), child(node, name)
    value = raw.strip()
    if not value:
        notes.refuse("blank", f"alert/{name}", near, name=name)
    elif any(character in ",<&" or character.isspace() for character in value):
        notes.refuse("identifier-characters", f"alert/{name}", near, name=name, value=value)
    elif (size := len(value.encode())) > MAX_IDENTITY:
        notes.refuse("identity-long", f"alert/{name}", near, name=name, size=size, limit=MAX_IDENTITY)
    elif raw != value:
        notes.warn("spaces-around", f"alert/{name}", near, name=name)
    return value


def _audience(node: etree._Element, scope: str, notes: Notes) -> None:
    restriction = plain(node, "restriction")
    if scope == "Restricted" and not restriction:
        notes.refuse("restriction-missing", "alert/restriction", child(node, "scope"))
    if scope == "Private" and not items(text(node, "addresses")):
        notes.refuse("addresses-missing", "alert/addresses", child(node, "scope"))
    if restriction and scope != "Restricted":
        notes.warn("restriction-unused", "alert/restriction", child(node, "restriction"), scope=scope)


def _references(node: etree._Element, own: tuple[str, str, datetime | None], notes: Notes) -> tuple[Reference, ...]:
    sender, identifier, sent = own
    path, near, message_type = "alert/references", child(node, "references"), text(node, "msgType")
    words = text(node, "references").split()
    if message_type in REFERRING and not words:
        notes.refuse("references-missing", path, child(node, "msgType") if near is None else near, type=message_type)
    found: list[Reference] = []
    for word in words:
        reference = _reference(word, sender, old=namespace_of(node) == CAP_10)
        if reference is None:
            (notes.refuse if message_type in REFERRING else notes.warn)("reference-form", path, near, value=word)
            continue
        found.append(reference)
        if (reference.sender, reference.identifier) == (sender, identifier) and reference.sent in {
            sent,
            None,
        }:
            notes.refuse("reference-self", path, near)
        elif sent is not None and reference.sent is not None and reference.sent > sent:
            notes.warn("reference-later", path, near, value=word)
    return tuple(found)


def _reference(word: str, sender: str, *, old: bool) -> Reference | None:
    """`sender,identifier,sent`; CAP 1.0 also wrote an identifier, a slash, and the sender or the time."""
    parts = word.split(",")
    if len(word.encode()) > 2 * MAX_IDENTITY + LONGEST_TIME:
        return None
    if len(parts) == 3:
        moment = _moment(parts[2])
        if all(parts) and moment is not None:
            return Reference(sender=parts[0], identifier=parts[1], sent=moment)
        return None
    left, slash, right = word.rpartition("/")
    if old and len(parts) == 1 and slash and left and right:
        moment = _moment(right)
        return Reference(sender=sender if moment else right, identifier=left, sent=moment)
    return None


def _moment(value: str) -> datetime | None:
    try:
        return lexical.instant(value) if lexical.is_date_time(value) else None
    except OverflowError:
        return None


def _expiry(node: etree._Element, infos: tuple[Info, ...], sent: datetime, notes: Notes) -> None:
    for (place, item), info in zip(_numbered(node, "info"), infos, strict=True):
        if info.expires is None:
            continue
        path, near, expires = f"alert/info[{place}]/expires", child(item, "expires"), info.expires.isoformat()
        if info.expires <= sent:
            notes.warn("expires-early", path, near, expires=expires, sent=sent.isoformat())
        if info.effective is not None and info.expires < info.effective:
            notes.warn("expires-before-effective", path, near, expires=expires, effective=info.effective.isoformat())
        if info.onset is not None and info.expires < info.onset:
            notes.warn("expires-before-onset", path, near, expires=expires, onset=info.onset.isoformat())
