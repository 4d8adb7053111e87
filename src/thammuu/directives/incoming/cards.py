"""How incoming documents show themselves to other packages: one line each."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.utils import translation

from thammuu.directives.incoming import labels
from thammuu.directives.incoming.models import IncomingDocument
from thammuu.directives.incoming.rules import IncomingState
from thammuu.journal.presentation import Card
from thammuu.journal.redaction.words import said
from thammuu.kernel import clock
from thammuu.kernel.actor import Scope
from thammuu.org.policies import visible_in


def incoming_cards(scope: Scope, ids: Collection[UUID], language: str) -> Mapping[UUID, Card]:
    """Return the cards of the incoming documents that the scope may see."""
    today = clock.day_of(clock.now())
    with translation.override(language):
        found = {}
        for row in IncomingDocument.objects.filter(visible_in(scope), id__in=ids):
            state = IncomingState(row.state)
            title = f"{row.symbol} – {said(row.abstract)}" if row.symbol else said(row.abstract)
            tone = labels.tone_of(state, row.due_on, row.settled_on, today)
            url = f"/documents/incoming/{row.id}/"
            found[row.id] = Card(title, str(labels.STATES[state]), tone, url, row.registered_at, row.unit_id)
        return found
