"""How inspections, findings and statements show themselves to other packages: one line each."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.utils import translation

from thammuu.directives.inspection import labels
from thammuu.directives.inspection.models import Finding, FindingStatement, Inspection
from thammuu.directives.inspection.rules import FindingState, InspectionState
from thammuu.journal.presentation import Card
from thammuu.journal.redaction.words import said
from thammuu.kernel.actor import Scope
from thammuu.org.policies import visible_in


def inspection_cards(scope: Scope, ids: Collection[UUID], language: str) -> Mapping[UUID, Card]:
    """Return the cards of the inspections that the scope may see."""
    with translation.override(language):
        found = {}
        for row in Inspection.objects.filter(visible_in(scope), id__in=ids):
            state = InspectionState(row.state)
            word, tone = str(labels.STATES[state]), labels.tone_of(state, late=False)
            found[row.id] = Card(said(row.title), word, tone, f"/inspections/{row.id}/", row.planned_at, row.unit_id)
        return found


def finding_cards(scope: Scope, ids: Collection[UUID], language: str) -> Mapping[UUID, Card]:
    """Return the cards of the findings that the scope may see; an open one has the tone of its severity."""
    with translation.override(language):
        found = {}
        for row in Finding.objects.filter(visible_in(scope), id__in=ids):
            state = FindingState(row.state)
            tone = row.severity if state == FindingState.OPEN else "off"
            word, url = str(labels.FINDING_STATES[state]), f"/findings/{row.id}/"
            found[row.id] = Card(said(row.text), word, tone, url, row.found_at, row.unit_id)
        return found


def statement_cards(scope: Scope, ids: Collection[UUID], language: str) -> Mapping[UUID, Card]:
    """Return the cards of the statements that the scope may see."""
    with translation.override(language):
        found = {}
        for row in FindingStatement.objects.filter(visible_in(scope), id__in=ids):
            url, word = f"/findings/{row.finding_id}/#statement-{row.id}", str(labels.STATEMENT)
            found[row.id] = Card(said(row.text), word, "off", url, row.made_at, row.unit_id)
        return found
