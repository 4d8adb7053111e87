"""An issued document as a message of edXML to those it is addressed to, with its PDF. It is written, not sent.

Offices are named by their codes in the tree of units: where these are not those of the national list of offices, the
receiving system does not know them.
"""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from thammuu.directives.documents import queries
from thammuu.directives.documents.models import Document
from thammuu.directives.documents.outputs import file_name, pdf_of
from thammuu.directives.documents.rules import DocumentState, Effect
from thammuu.directives.rules import Urgency
from thammuu.interop.edxml import Unwritable, write
from thammuu.interop.edxml import message as m
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Conflict, Missing
from thammuu.org import directory
from thammuu.org.directory import UnitRow

PRIORITIES: Mapping[Urgency, int] = {urgency: degree for degree, urgency in enumerate(Urgency)}
BUSINESS: Mapping[Effect, m.Business] = {
    Effect.AMENDS: m.Business.UPDATE,
    Effect.REPLACES: m.Business.REPLACE,
    Effect.REVOKES: m.Business.REVOKE,
}
_LEGAL, _ADMINISTRATIVE = 1, 2
_CIRCULAR = "TT"


def document_message(actor: Actor, row: Document) -> bytes:
    """Return the document as edXML. Raises `Conflict` if it is not issued, goes to no unit, or cannot be written."""
    if row.state != DocumentState.ISSUED or row.issued_at is None:
        raise Conflict(_("Only a document that was issued is handed over as edXML."))
    known = directory.current().units
    receivers = tuple(_organ(known[id]) for id in dict.fromkeys([*row.addressees, *row.recipients]) if id in known)
    if not receivers:
        raise Conflict(_("The document is addressed to no unit, so that there is nobody to hand it to as edXML."))
    pdf = m.Attachment("van-ban", f"{file_name(row)}.pdf", pdf_of(actor, row), "application/pdf")
    number, _slash, notation = row.symbol.partition("/")
    message = m.Document(
        sender=_organ(known[row.unit_id]),
        receivers=receivers,
        id=_id(row),
        code=m.Code(number, notation),
        promulgation=m.Promulgation(clock.day_of(row.issued_at), row.place),
        subject=row.abstract,
        type=m.DocumentType(_LEGAL if row.type == _CIRCULAR else _ADMINISTRATIVE, name=row.type_name),
        signer=m.Signer(f"{row.capacity} {row.signs_for}".strip(), row.signer),
        places=tuple(line.strip() for line in row.others.splitlines() if line.strip()),
        other=m.OtherInfo(priority=PRIORITIES[Urgency(row.urgency)]),
        traces=(m.Trace(known[row.unit_id].code, row.issued_at),),
        purpose=_purpose(actor, row),
        attachments=(pdf,),
    )
    try:
        return write(message)
    except Unwritable as refused:
        told = "; ".join(fault.say(_) for fault in refused.faults)
        raise Conflict(_("This document cannot be written as edXML: {faults}").format(faults=told)) from None


def _purpose(actor: Actor, row: Document) -> m.Purpose:
    if row.alters is None:
        return m.Purpose()
    try:
        earlier = queries.document(actor, row.alters)
    except Missing:
        raise Conflict(
            _("It changes an earlier document that your post may not see, and edXML must name it.")
        ) from None
    return m.Purpose(BUSINESS[Effect(row.effect)], document=_id(earlier))


def _organ(unit: UnitRow) -> m.Organ:
    return m.Organ(unit.code, name=unit.name)


def _id(row: Document) -> str:
    """Return what the standard calls a document by: office, day, number and symbol."""
    assert row.issued_at is not None  # noqa: S101 - for mypy: the row was issued
    return f"{directory.current().units[row.unit_id].code},{clock.day_of(row.issued_at):%Y/%m/%d},{row.symbol}"
