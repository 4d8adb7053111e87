"""Walking the thread: links between subjects, in both directions."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Q

from thammuu.journal.models import LinkRow
from thammuu.journal.subjects import Relation, Subject


@dataclass(frozen=True, slots=True)
class Edge:
    """A link as told: from the fact's subject to the subject it names."""

    entry: UUID
    relation: Relation
    source: tuple[Subject, UUID]
    target: tuple[Subject, UUID]


def around(ids: Iterable[UUID]) -> list[Edge]:
    """Return every link from or to the subjects."""
    wanted = list(ids)
    rows = LinkRow.objects.filter(Q(from_id__in=wanted) | Q(to_id__in=wanted)).order_by("id")
    return [
        Edge(
            row.entry,
            Relation(row.relation),
            (Subject(row.from_kind), row.from_id),
            (Subject(row.to_kind), row.to_id),
        )
        for row in rows
    ]


def reach(start: UUID, relations: Iterable[Relation], limit: int = 500) -> list[Edge]:
    """Return the links of the thread through `start`, walked both ways over these relations, nearest first."""
    names = [str(relation) for relation in relations]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE walk(id) AS (
                SELECT %s::uuid
                UNION
                SELECT CASE WHEN l.from_id = walk.id THEN l.to_id ELSE l.from_id END
                FROM walk JOIN journal_link l
                    ON (l.from_id = walk.id OR l.to_id = walk.id) AND l.relation = ANY(%s)
            )
            SELECT id FROM walk LIMIT %s
            """,
            [start, names, limit],
        )
        ids = [row[0] for row in cursor.fetchall()]
    return [edge for edge in around(ids) if str(edge.relation) in names]
