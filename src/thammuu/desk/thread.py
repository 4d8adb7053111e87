"""The thread of any subject: everything linked with it, directly or through others, that the reader may see.

What may not be seen does not exist here: the walk does not pass through it either. Units, posts and files received
are shown beside what names them and end the walk: through a unit everything would hang together.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from thammuu.desk import gaps
from thammuu.journal import feed, links
from thammuu.journal.feed import FeedEntry
from thammuu.journal.fold import fold
from thammuu.journal.links import Edge
from thammuu.journal.presentation import Card, cards_of
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Missing
from thammuu.org.policies import covers_entry

WALKED = tuple(set(Relation) - {Relation.ASSIGNED_TO, Relation.SUPPORTED_BY, Relation.WATCHED_BY, Relation.ATTACHED_TO})
SHOWN = (Relation.ASSIGNED_TO, Relation.SUPPORTED_BY)
STAGE_OF = {
    Subject.ALERT: 0,
    Subject.LOG_ENTRY: 0,
    Subject.INCOMING_DOCUMENT: 0,
    Subject.INCIDENT: 1,
    Subject.DECISION: 2,
    Subject.DOCUMENT: 2,
    Subject.INSPECTION: 2,
    Subject.FINDING: 2,
    Subject.ASSIGNMENT: 3,
    Subject.ORDER: 3,
    Subject.PROGRESS: 4,
    Subject.GUIDANCE: 4,
    Subject.EXTENSION_REQUEST: 4,
    Subject.EVIDENCE: 4,
    Subject.FINDING_STATEMENT: 4,
}
LAST_STAGE = 5
ENDS = frozenset(Subject) - set(STAGE_OF)


@dataclass(frozen=True, slots=True)
class Node:
    """A subject of the thread; `stage` is its place in the chain from report to evidence."""

    kind: Subject
    id: UUID
    card: Card
    stage: int


@dataclass(frozen=True, slots=True)
class Tie:
    """A link of the thread, from the subject that told it."""

    relation: Relation
    source: UUID
    target: UUID


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread as seen by one reader. `nodes` by stage, then by time; `units` are the units that each node names."""

    start: Node
    nodes: Sequence[Node]
    ties: Sequence[Tie]
    units: Mapping[UUID, Sequence[tuple[Relation, UUID]]]
    entries: Sequence[FeedEntry]
    found: Sequence[gaps.Found]


def thread_of(actor: Actor, kind: Subject, id: UUID, now: datetime) -> Thread:
    """Return the thread through a subject. Raises `Missing` where the actor may not see the subject itself."""
    if id not in cards_of([(kind, id)], actor.scope, actor.language):
        raise Missing(_("This does not exist, or not for you."))
    edges = links.reach(id, WALKED)
    subjects = {(kind, id), *(end for edge in edges for end in (edge.source, edge.target))}
    cards = cards_of(subjects, actor.scope, actor.language)
    ends = {end for kind_of_end, end in subjects if kind_of_end in ENDS}
    reached = _walk(id, edges, cards, ends)
    nodes = [Node(k, i, cards[i], STAGE_OF.get(k, LAST_STAGE)) for k, i in subjects if i in reached]
    nodes.sort(key=lambda node: (node.stage, node.card.at, str(node.id)))
    told = {(e.relation, e.source[1], e.target[1]): None for e in edges if {e.source[1], e.target[1]} <= reached}
    ties = [Tie(*pair) for pair in told]
    entries = feed.of_subjects(reached)
    return Thread(
        start=next(node for node in nodes if node.id == id),
        nodes=nodes,
        ties=ties,
        units=_units(reached),
        entries=[entry for entry in entries if covers_entry(actor.scope, entry)],
        found=gaps.find(_whole(nodes, ties, fold(entries)), now),
    )


def _walk(start: UUID, edges: Iterable[Edge], cards: Mapping[UUID, Card], ends: set[UUID]) -> set[UUID]:
    """Return what is reached from the start over subjects that may be seen and do not end the walk."""
    neighbours: dict[UUID, set[UUID]] = {}
    for edge in edges:
        a, b = edge.source[1], edge.target[1]
        if a in cards and b in cards:
            neighbours.setdefault(a, set()).add(b)
            neighbours.setdefault(b, set()).add(a)
    found, waiting = {start}, [start]
    while waiting:
        new = neighbours.get(waiting.pop(), set()) - found
        found |= new
        waiting.extend(new - ends)
    return found


def _units(reached: set[UUID]) -> dict[UUID, list[tuple[Relation, UUID]]]:
    """Return the units that each subject names as leading or supporting it."""
    named: dict[UUID, dict[tuple[Relation, UUID], None]] = {}
    for edge in links.around(reached):
        if edge.relation in SHOWN and edge.source[1] in reached:
            named.setdefault(edge.source[1], {})[edge.relation, edge.target[1]] = None
    return {id: list(units) for id, units in named.items()}


def _whole(nodes: Sequence[Node], ties: Sequence[Tie], fields: Mapping[UUID, Mapping[str, Any]]) -> gaps.Whole:
    return gaps.Whole(
        kinds={node.id: node.kind for node in nodes},
        fields=fields,
        ties=[(tie.source, tie.target) for tie in ties],
    )
