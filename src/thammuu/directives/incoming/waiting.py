"""The incoming documents that wait for the reader's own unit: to be passed on, acknowledged, or answered."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from thammuu.directives.incoming.models import IncomingDocument
from thammuu.directives.incoming.policies import registering_units
from thammuu.directives.incoming.rows import IncomingRow, incoming_rows
from thammuu.directives.incoming.rules import IncomingState
from thammuu.kernel.actor import Actor
from thammuu.org import directory
from thammuu.org.policies import visible_to

MOST = 50
WORDS: dict[IncomingState, Promise] = {
    IncomingState.REGISTERED: pgettext_lazy("what an incoming document waits for", "Pass on"),
    IncomingState.PASSED_ON: pgettext_lazy("what an incoming document waits for", "Acknowledge"),
    IncomingState.ACKNOWLEDGED: pgettext_lazy("what an incoming document waits for", "Answer"),
}


@dataclass(frozen=True, slots=True)
class WaitingIncoming:
    """An incoming document that waits for the actor's unit, and for what."""

    row: IncomingRow
    what: Promise


def waiting_incoming(actor: Actor, now: datetime) -> list[WaitingIncoming]:
    """Return what waits for the units that the actor registers for, the nearest deadline first."""
    known = directory.current()
    own = {id for unit in registering_units(actor) for id in known.stands_for(unit)}
    if not own:
        return []
    kept = Q(state=IncomingState.REGISTERED.value, unit__in=own)
    charged = Q(state__in=[IncomingState.PASSED_ON.value, IncomingState.ACKNOWLEDGED.value], lead_unit__in=own)
    found = IncomingDocument.objects.filter(visible_to(actor), kept | charged).order_by("due_on", "arrived_on", "id")
    return [WaitingIncoming(row, WORDS[row.state]) for row in incoming_rows(actor, found[:MOST], now)]
