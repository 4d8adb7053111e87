"""The thread is walked both ways, over the relations asked for, however it turns."""

from datetime import datetime
from uuid import UUID

import pytest

from tests.ground import Organisation
from thammuu.journal import links
from thammuu.journal.facts import Link
from thammuu.journal.links import Edge
from thammuu.journal.recording import record
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.ids import new_id
from thammuu.org import facts

pytestmark = pytest.mark.django_db


def tell(organisation: Organisation, now: datetime, *to: tuple[Relation, UUID], subject: UUID | None = None) -> UUID:
    """Record a fact that links its subject to these; return the subject."""
    told = facts.PostCreated(
        subject_id=subject or new_id(),
        unit_id=organisation.hue,
        title="x",
        links=tuple(Link(relation, Subject.POST, id) for relation, id in to),
    )
    record(told, actor=organisation.admin, at=now, now=now, units=[organisation.hue])
    return told.subject_id


def pairs(edges: list[Edge]) -> set[tuple[UUID, UUID]]:
    return {(edge.source[1], edge.target[1]) for edge in edges}


def test_links_around_a_subject_lead_both_ways(organisation: Organisation, now: datetime) -> None:
    end = tell(organisation, now)
    middle = tell(organisation, now, (Relation.ARISES_FROM, end))
    start = tell(organisation, now, (Relation.CONCERNS, middle))
    assert pairs(links.around([middle])) == {(middle, end), (start, middle)}
    [edge] = links.around([end])
    assert (edge.relation, edge.source, edge.target) == (
        Relation.ARISES_FROM,
        (Subject.POST, middle),
        (Subject.POST, end),
    )
    assert links.around([]) == []


def test_the_thread_is_walked_over_its_relations_only_and_ends(organisation: Organisation, now: datetime) -> None:
    end = tell(organisation, now)
    middle = tell(organisation, now, (Relation.ARISES_FROM, end))
    start = tell(organisation, now, (Relation.ARISES_FROM, middle))
    beside = tell(organisation, now, (Relation.CONCERNS, middle))
    tell(organisation, now, (Relation.ARISES_FROM, start), subject=end)  # a circle
    circle = {(middle, end), (start, middle), (end, start)}
    for one in (end, middle, start):
        assert pairs(links.reach(one, [Relation.ARISES_FROM])) == circle
    assert pairs(links.reach(middle, [Relation.ARISES_FROM, Relation.CONCERNS])) == {*circle, (beside, middle)}
    assert links.reach(middle, []) == []


def test_a_walk_stops_at_its_limit(organisation: Organisation, now: datetime) -> None:
    chain = [tell(organisation, now)]
    for _number in range(6):
        chain.append(tell(organisation, now, (Relation.ARISES_FROM, chain[-1])))
    assert len(links.reach(chain[0], [Relation.ARISES_FROM])) == 6
    near = links.reach(chain[0], [Relation.ARISES_FROM], limit=3)
    assert pairs(near) == {(chain[number + 1], chain[number]) for number in range(3)}
