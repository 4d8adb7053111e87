"""How decisions, assignments, progress and evidence show themselves to other packages: one line each."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from thammuu.directives import labels, rules
from thammuu.directives.models import Assignment, Decision, Evidence, ExtensionRequest, Guidance, Progress
from thammuu.directives.rules import EvidenceState, RequestState, State
from thammuu.journal.presentation import Card
from thammuu.journal.redaction.words import said
from thammuu.kernel import clock
from thammuu.kernel.actor import Scope
from thammuu.org.policies import visible_in


def decision_cards(scope: Scope, ids: Collection[UUID], language: str) -> Mapping[UUID, Card]:
    """Return the cards of the decisions that the scope may see."""
    with translation.override(language):
        return {
            row.id: Card(said(row.title), _("Decided"), "off", f"/decisions/{row.id}/", row.decided_at, row.unit_id)
            for row in Decision.objects.filter(visible_in(scope), id__in=ids)
        }


def assignment_cards(scope: Scope, ids: Collection[UUID], language: str) -> Mapping[UUID, Card]:
    """Return the cards of the assignments that the scope may see, with their state in time."""
    now = clock.now()
    with translation.override(language):
        found = {}
        for row in Assignment.objects.filter(visible_in(scope), id__in=ids):
            state = State(row.state)
            timing = rules.timing(state, row.deadline, row.handed_in_at, now)
            words = [str(labels.STATES[state]), *([str(labels.TIMINGS[timing])] if timing else [])]
            tone = labels.tone_of(state, timing)
            url = f"/assignments/{row.id}/"
            found[row.id] = Card(said(row.title), " · ".join(words), tone, url, row.issued_at, row.lead_unit_id)
        return found


def progress_cards(scope: Scope, ids: Collection[UUID], language: str) -> Mapping[UUID, Card]:
    """Return the cards of the progress reports that the scope may see; an obstacle makes them stand out."""
    found = {}
    for row in Progress.objects.filter(visible_in(scope), id__in=ids):
        tone = "caution" if row.obstacle else "off"
        url = f"/assignments/{row.assignment_id}/"
        found[row.id] = Card(row.note, f"{row.percent} %", tone, url, row.reported_at, row.unit_id)
    return found


def guidance_cards(scope: Scope, ids: Collection[UUID], language: str) -> Mapping[UUID, Card]:
    """Return the cards of the questions that the scope may see; an open one stands out."""
    with translation.override(language):
        found = {}
        for row in Guidance.objects.filter(visible_in(scope), id__in=ids):
            word, tone = _guided(row)
            url = f"/assignments/{row.assignment_id}/#guidance-{row.id}"
            found[row.id] = Card(said(row.question), word, tone, url, row.asked_at, row.unit_id)
        return found


def _guided(row: Guidance) -> tuple[str, str]:
    if row.answered_at:
        return _("Answered"), "off"
    return (_("Ended unanswered"), "off") if row.ended_at else (_("Waits for guidance"), "standby")


def request_cards(scope: Scope, ids: Collection[UUID], language: str) -> Mapping[UUID, Card]:
    """Return the cards of the requests for a later deadline that the scope may see."""
    with translation.override(language):
        found = {}
        for row in ExtensionRequest.objects.filter(visible_in(scope), id__in=ids):
            state = RequestState(row.state)
            word, tone = str(labels.REQUEST_STATES[state]), labels.REQUEST_TONES[state]
            url = f"/assignments/{row.assignment_id}/#request-{row.id}"
            found[row.id] = Card(said(row.reason), word, tone, url, row.requested_at, row.unit_id)
        return found


def evidence_cards(scope: Scope, ids: Collection[UUID], language: str) -> Mapping[UUID, Card]:
    """Return the cards of the evidence that the scope may see."""
    with translation.override(language):
        found = {}
        for row in Evidence.objects.filter(visible_in(scope), id__in=ids):
            state = EvidenceState(row.state)
            url = f"/assignments/{row.assignment_id}/#evidence-{row.id}"
            word, tone = str(labels.EVIDENCE_STATES[state]), labels.EVIDENCE_TONES[state]
            found[row.id] = Card(said(row.text), word, tone, url, row.handed_in_at, row.unit_id)
        return found
