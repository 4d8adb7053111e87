"""Reactions of the watch floor to what lower packages tell."""

from collections.abc import Sequence
from uuid import UUID

from thammuu.journal import links
from thammuu.journal.feed import FeedEntry
from thammuu.journal.followers import follower
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel import clock
from thammuu.org.authority import SYSTEM
from thammuu.watch.actions import share_incident
from thammuu.watch.models import Incident

_BETWEEN = (Subject.DECISION, Subject.ASSIGNMENT, Subject.ORDER)


@follower("watch.share_incident", kinds={"directives.assignment_issued", "watch.order_given"})
def share_with_units_charged(entries: Sequence[FeedEntry]) -> None:
    """Let the units of an assignment or an order see the incident that it arises from, directly or through another."""
    for entry in entries:
        for incident in _incidents_behind(entry.subject_id):
            share_incident(actor=SYSTEM, now=clock.now(), incident=incident, units=entry.units)


def _incidents_behind(id: UUID) -> list[UUID]:
    found: set[UUID] = set()
    waiting, seen = {id}, {id}
    while waiting:
        edges = [
            edge
            for edge in links.around(waiting)
            if edge.relation == Relation.ARISES_FROM and edge.source[1] in waiting
        ]
        found.update(edge.target[1] for edge in edges if edge.target[0] == Subject.INCIDENT)
        waiting = {edge.target[1] for edge in edges if edge.target[0] in _BETWEEN} - seen
        seen |= waiting
    return sorted(Incident.objects.filter(id__in=found).values_list("id", flat=True))
