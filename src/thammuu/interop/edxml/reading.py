"""Read a file of edXML: one document with its attachments, or one status, taken in or refused with its faults."""

import base64
import binascii
from dataclasses import dataclass
from typing import Any

from lxml import etree

from thammuu.interop.edxml import grammar
from thammuu.interop.edxml.faults import Fault, fault
from thammuu.interop.edxml.message import Attachment, Business, Document, Purpose, Status, StatusReport
from thammuu.interop.edxml.opening import Unreadable, open_document
from thammuu.interop.edxml.structure import Judgement, children, made, name_of, read_struct

MAX_ATTACHMENTS = 50
MAX_ATTACHMENT = 25 * 1024 * 1024

_REFUSALS = (Status.REFUSED, Status.TAKE_BACK_REFUSED)
_IN_HEADER = ("MessageHeader", "TraceHeaderList", "Status", "Signature", "DigitalSignature")


@dataclass(frozen=True, slots=True)
class Reading:
    """`message` is None exactly where `faults` refuse it; `warnings` say what was passed over."""

    message: Document | StatusReport | None
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()


def read(content: bytes) -> Reading:
    """Read a file. Nothing is raised, whatever the bytes are."""
    try:
        root = open_document(content)
    except Unreadable as refused:
        return Reading(None, (refused.fault,))
    judged = Judgement()
    message = _message(root, judged)
    return Reading(None if judged.faults else message, tuple(judged.faults), tuple(judged.warnings))


def _message(root: etree._Element, judged: Judgement) -> Document | StatusReport | None:
    name = etree.QName(root)
    if name.localname.casefold() not in ("edxml", "edxmlenvelope"):
        judged.blame("not-edxml", "", root, root=name.localname)
        return None
    if name.namespace not in (None, grammar.NAMESPACE):
        judged.blame("namespace", "", root, namespace=name.namespace)
        return None
    envelope = root if name.localname == "edXMLEnvelope" else _only(root, "edXMLEnvelope", judged)
    header = None if envelope is None else _only(envelope, "edXMLHeader", judged)
    if header is None or envelope is None:
        return None
    documents, statuses = children(header, "MessageHeader"), children(header, "Status")
    if bool(documents) == bool(statuses):
        judged.blame("two-messages" if documents else "no-message", "edXMLHeader", header)
        return None
    for node in header:
        if name_of(node).rpartition("}")[2] not in _IN_HEADER:
            judged.warn("unknown", "edXMLHeader", node, name=name_of(node))
    if statuses:
        return _status(_only(header, "Status", judged), judged)
    return _document(root, envelope, header, judged)


def _only(node: etree._Element, name: str, judged: Judgement) -> etree._Element | None:
    found = children(node, name)
    if len(found) != 1:
        judged.blame("repeated" if found else "missing", name, found[1] if found else node, name=name)
    return found[0] if found else None


def _status(node: etree._Element | None, judged: Judgement) -> StatusReport | None:
    if node is None:
        return None
    report: StatusReport | None = made(grammar.STATUS, read_struct(grammar.STATUS, node, "Status", judged))
    if report and report.status in _REFUSALS and not report.description:
        judged.warn("no-reason", "Status/Description", node)
    return report


def _document(
    root: etree._Element, envelope: etree._Element, header: etree._Element, judged: Judgement
) -> Document | None:
    node = _only(header, "MessageHeader", judged)
    found = {} if node is None else read_struct(grammar.HEADER, node, "MessageHeader", judged)
    traced = [
        read_struct(grammar.TRACES, each, "TraceHeaderList", judged) for each in children(header, "TraceHeaderList")
    ]
    for each in traced[:1]:
        found |= each
    purpose = found.get("purpose", Purpose())
    if purpose.business != Business.NEW and not (purpose.document or purpose.replaced):
        judged.blame("target", "TraceHeaderList/Bussiness", header, type=purpose.business.value)
    found["attachments"] = tuple(_attachments(root, envelope, judged))
    found["signed"] = any(
        name_of(each).rpartition("}")[2] in ("Signature", "DigitalSignature") and len(each) for each in header
    )
    document: Document | None = made(grammar.HEADER, found)
    return document


def _attachments(root: etree._Element, envelope: etree._Element, judged: Judgement) -> list[Attachment]:
    announced = {
        _id(told): told
        for body in children(envelope, "edXMLBody")
        for manifest in children(body, "edXMLManifest")
        for told in _references(manifest, judged)
    }
    nodes = [each for holder in children(root, "AttachmentEncoded") for each in children(holder, "Attachment")]
    if len(nodes) > MAX_ATTACHMENTS:
        judged.blame("attachment-many", "AttachmentEncoded", nodes[MAX_ATTACHMENTS], limit=MAX_ATTACHMENTS)
        return []
    found: dict[str, Attachment] = {}
    for number, node in enumerate(nodes, 1):
        attachment = _attachment(node, f"AttachmentEncoded/Attachment[{number}]", announced, judged)
        if attachment is None:
            continue
        if attachment.id in found:
            judged.blame("attachment-twice", "AttachmentEncoded", node, name=attachment.id)
        found[attachment.id] = attachment
    for id, told in announced.items():
        if id not in found and not judged.faults:
            judged.faults.append(fault("attachment-missing", "edXMLManifest", 0, name=told.get("name", id)))
    return list(found.values())


def _references(manifest: etree._Element, judged: Judgement) -> list[dict[str, Any]]:
    path = "edXMLManifest/Reference"
    return [read_struct(grammar.REFERENCE, node, path, judged) for node in children(manifest, "Reference")]


def _attachment(
    node: etree._Element, path: str, announced: dict[str, dict[str, Any]], judged: Judgement
) -> Attachment | None:
    content = children(node, "ContentTransferEncoded")
    told = {name_of(each): (each.text or "").strip() for each in node if name_of(each) != "ContentTransferEncoded"}
    id = told.get("ContentId", "").removeprefix("cid:")
    before = announced.get(id, {})
    name = told.get("AttachmentName") or before.get("name", "")
    for field, value in (("ContentId", id), ("AttachmentName", name)):
        if not value:
            judged.blame("missing", f"{path}/{field}", node, name=field)
    if not content:
        judged.blame("missing", path, node, name="ContentTransferEncoded")
    if id not in announced:
        judged.warn("attachment-stray", path, node, name=name)
    data = _decoded(content[0], path, name, judged) if content else None
    if data is None or not (id and name):
        return None
    kind = told.get("ContentType") or before.get("type", "application/octet-stream")
    return Attachment(id, name, data, kind, told.get("Description") or before.get("description", ""))


def _decoded(node: etree._Element, path: str, name: str, judged: Judgement) -> bytes | None:
    text = "".join((node.text or "").split())
    size = len(text) * 3 // 4
    if size > MAX_ATTACHMENT + 2:
        judged.blame("attachment-size", path, node, name=name, size=size, limit=MAX_ATTACHMENT)
        return None
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        judged.blame("attachment-base64", path, node, name=name)
        return None


def _id(told: dict[str, Any]) -> str:
    return str(told.get("id", "")).removeprefix("cid:")
