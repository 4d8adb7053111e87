"""What was asked about an assignment, guidance and time, as its page shows it."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from thammuu.directives import labels
from thammuu.directives.models import ExtensionRequest, Guidance
from thammuu.directives.rules import RequestState
from thammuu.journal.redaction.words import said
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Missing
from thammuu.org import directory
from thammuu.org.policies import visible_to


@dataclass(frozen=True, slots=True)
class GuidanceRow:
    """A question with its answer."""

    guidance: Guidance
    question: str
    unit: str
    answered_by: str
    is_open: bool
    has_ended: bool


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request for a later deadline, and what became of it."""

    request: ExtensionRequest
    reason: str
    unit: str
    decided_by: str
    is_open: bool
    tone: str
    state_word: Promise


def guidance_of(actor: Actor, assignment: UUID) -> list[GuidanceRow]:
    """Return the questions about an assignment, the newest first."""
    known = directory.current()
    found = Guidance.objects.filter(visible_to(actor), assignment=assignment).order_by("-asked_at", "-id")
    return [
        GuidanceRow(
            guidance=row,
            question=said(row.question),
            unit=known.unit_label(row.unit_id),
            answered_by=known.post_label(row.answered_by_id),
            is_open=row.answered_at is None and row.ended_at is None,
            has_ended=row.ended_at is not None,
        )
        for row in found
    ]


def requests_of(actor: Actor, assignment: UUID) -> list[RequestRow]:
    """Return the requests for a later deadline of an assignment, the newest first."""
    known = directory.current()
    found = ExtensionRequest.objects.filter(visible_to(actor), assignment=assignment).order_by("-requested_at", "-id")
    return [
        RequestRow(
            request=row,
            reason=said(row.reason),
            unit=known.unit_label(row.unit_id),
            decided_by=known.post_label(row.decided_by_id),
            is_open=row.state == RequestState.OPEN,
            tone=labels.REQUEST_TONES[RequestState(row.state)],
            state_word=labels.REQUEST_STATES[RequestState(row.state)],
        )
        for row in found
    ]


def guidance(actor: Actor, id: UUID) -> Guidance:
    """Return a question that the actor may see. Raises `Missing`."""
    row = Guidance.objects.filter(visible_to(actor), id=id).first()
    if row is None:
        raise Missing(_("There is no such question, or your post may not see it."))
    return row


def request(actor: Actor, id: UUID) -> ExtensionRequest:
    """Return a request for a later deadline that the actor may see. Raises `Missing`."""
    row = ExtensionRequest.objects.filter(visible_to(actor), id=id).first()
    if row is None:
        raise Missing(_("There is no such request, or your post may not see it."))
    return row
