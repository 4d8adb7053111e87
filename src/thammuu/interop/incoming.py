"""A document that came as edXML: what it says as the start of its registration, and the status that its sender is told.

Nothing is sent from here; the status is written as a file. Offices are named by their codes in the tree of units.
"""

from collections.abc import Mapping
from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _

from thammuu.directives.incoming.reading import Received, receive
from thammuu.directives.rules import Urgency
from thammuu.interop.edxml import Unwritable, write
from thammuu.interop.edxml import message as m
from thammuu.interop.edxml.faults import Fault
from thammuu.kernel.errors import Conflict
from thammuu.org.directory import UnitRow

URGENCIES: Mapping[int, Urgency] = dict(enumerate(Urgency))


def received_from(message: m.Document, warnings: tuple[Fault, ...] = ()) -> Received:
    """Return the message's files, taken in and read, with what its header says; what cannot be kept is told."""
    files = [SimpleUploadedFile(each.name, each.content) for each in message.attachments]
    found = receive(files, tolerant=True)
    told = [f"{each.path}: {each.say(_)}" for each in warnings]
    if message.signed:
        told.append(_("The message carries a signature, which was not verified."))
    if message.due is not None:
        told.append(_("An answer is asked for until {day}.").format(day=f"{message.due:%d/%m/%Y}"))
    if message.purpose.business != m.Business.NEW:
        told.append(_("It changes the earlier document {id}.").format(id=message.purpose.document))
    return Received(
        files=found.files,
        clauses=found.clauses,
        told=(*told, *found.told),
        type_name=message.type.name if message.type else found.type_name,
        abstract=message.subject,
        symbol=f"{message.code.number}/{message.code.notation}",
        dated=message.promulgation.day,
        issuer=message.sender.name or message.sender.id,
        urgency=urgency_of(message),
    )


def urgency_of(message: m.Document) -> str:
    """Return the urgency that the message's priority stands for."""
    priority = message.other.priority if message.other else None
    return str(URGENCIES.get(priority or 0, Urgency.NORMAL))


def status_message(message: m.Document, unit: UnitRow, status: m.Status, now: datetime, reason: str = "") -> bytes:
    """Return what the unit tells the sender of a message as edXML. Raises `Conflict` if it cannot be written."""
    about = m.ResponseFor(
        message.sender.id, f"{message.code.number}/{message.code.notation}", message.promulgation.day, message.id
    )
    report = m.StatusReport(about, m.Organ(unit.code, name=unit.name), status, now, reason)
    try:
        return write(report)
    except Unwritable as refused:
        told = "; ".join(fault.say(_) for fault in refused.faults)
        raise Conflict(_("This status cannot be written as edXML: {faults}").format(faults=told)) from None
