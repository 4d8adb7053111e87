"""Write a message as edXML. What is written is what `read` reads."""

import base64

from lxml import etree

from thammuu.interop.edxml import grammar
from thammuu.interop.edxml.faults import Fault
from thammuu.interop.edxml.grammar import NAMESPACE
from thammuu.interop.edxml.message import Document, StatusReport
from thammuu.interop.edxml.reading import read
from thammuu.interop.edxml.structure import add, write_struct

_XLINK = "http://www.w3.org/1999/xlink"


class Unwritable(Exception):
    """The message is none that another office could take in; the faults are those that it would find."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{each.path}: {each.say()}" for each in faults))
        self.faults = faults


def write(message: Document | StatusReport) -> bytes:
    """Return a message as XML in UTF-8, the same bytes for the same message; it is not signed.

    Raises `Unwritable` for one that lacks what the standard wants or exceeds its limits, and `ValueError` for text
    that no XML may hold.
    """
    root = etree.Element(f"{{{NAMESPACE}}}edXML", nsmap={"edXML": NAMESPACE})
    envelope = add(root, "edXMLEnvelope")
    header = add(envelope, "edXMLHeader")
    if isinstance(message, StatusReport):
        write_struct(grammar.STATUS, message, add(header, "Status"))
    else:
        write_struct(grammar.HEADER, message, add(header, "MessageHeader"))
        write_struct(grammar.TRACES, message, add(header, "TraceHeaderList"))
        _write_attachments(message, root, envelope)
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    faults = read(written).faults
    if faults:
        raise Unwritable(faults)
    return written


def _write_attachments(message: Document, root: etree._Element, envelope: etree._Element) -> None:
    manifest = add(add(envelope, "edXMLBody"), "edXMLManifest")
    manifest.set("version", "1.0")
    if not message.attachments:
        return
    holder = add(root, "AttachmentEncoded")
    for each in message.attachments:
        reference = add(manifest, "Reference")
        reference.set(f"{{{_XLINK}}}href", f"cid:{each.id}")
        write_struct(grammar.REFERENCE, each, reference)
        node = add(holder, "Attachment")
        for name, value in (
            ("ContentType", each.type),
            ("ContentId", each.id),
            ("Description", each.description),
            ("ContentTransferEncoded", base64.b64encode(each.content).decode("ascii")),
            ("AttachmentName", each.name),
        ):
            add(node, name).text = value
