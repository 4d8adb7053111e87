"""The follow-up board over many open assignments: every query behind it, and all that is put together from them.

200,000 open assignments of 500 decisions, spread over 34 provinces, their communes and the ministry; a third is
overdue, by one day to sixty. The reader sees all of it. The reference, measured in the same run, is one count of the
same table by lead unit.
"""

import statistics
import time
from typing import Any
from uuid import UUID

from benchmarks._cascading import COMMUNES, PROVINCES, chief, tree

MOST_SECONDS = 0.15
ASSIGNMENTS, DECISIONS, TIMES = 200_000, 500, 15

DECIDED = """
INSERT INTO directives_decision (id, world, units, unit_id, post_id, title, reason, decided_at, arises_from_kind,
    search_text)
SELECT gen_random_uuid(), 'real', ARRAY[%(unit)s::uuid], %(unit)s, %(post)s, 'Quyết định ' || n, 'đo',
    now() - interval '70 days', '', '' FROM generate_series(1, %(count)s) n
"""
ASSIGNED = """
WITH lead AS (SELECT id, row_number() OVER (ORDER BY code) AS n FROM org_unit),
decided AS (SELECT id, row_number() OVER (ORDER BY id) AS n FROM directives_decision),
task AS (SELECT g, 1 + g %% %(units)s AS lead, 1 + g %% %(decisions)s AS decided,
    now() + interval '1 day' * (CASE WHEN g %% 3 = 0 THEN -1 - (g / 3) %% 60 ELSE 1 + g %% 90 END) AS at
    FROM generate_series(1, %(count)s) g)
INSERT INTO directives_assignment (id, world, units, decision_id, unit_id, lead_unit_id, supporting_units, title,
    product, urgency, issued_at, original_deadline, deadline, extensions, state, percent, search_text)
SELECT gen_random_uuid(), 'real', ARRAY[%(unit)s::uuid, lead.id], decided.id, %(unit)s, lead.id, '{}', 'Việc ' || g,
    'Báo cáo kết quả thực hiện', 'normal', now() - interval '70 days', at, at, 0, 'acknowledged', 0, 'viec ' || g
FROM task JOIN lead ON lead.n = task.lead JOIN decided ON decided.n = task.decided
"""


def board() -> tuple[dict[str, Any], float, bool]:
    """Measure the board; return the figures, the seconds of the reference, and whether the goal is met."""
    from thammuu.directives.filters import AssignmentFilters
    from thammuu.directives.followup import board as boards
    from thammuu.kernel import clock

    ministry = tree(COMMUNES)
    reader = chief(ministry)
    _fill(ministry, reader.post)
    now, every = clock.now(), AssignmentFilters()
    shown = boards.board(reader, every, now)
    seconds, queries, queried = _measured(lambda: boards.board(reader, every, now))
    figures = {
        "seconds": round(seconds, 3),
        "seconds_of_queries": round(queried, 3),
        "queries": queries,
        "open": shown.tally.open,
        "overdue": shown.tally.open_overdue,
        "units": len(shown.units),
    }
    return figures, _reference(), seconds <= MOST_SECONDS and shown.tally.open == ASSIGNMENTS


def _fill(ministry: UUID, post: UUID) -> None:
    from django.db import connection

    given = {"unit": ministry, "post": post, "count": DECISIONS}
    with connection.cursor() as cursor:
        cursor.execute(DECIDED, given)
        cursor.execute(
            ASSIGNED, {**given, "count": ASSIGNMENTS, "decisions": DECISIONS, "units": 1 + PROVINCES + COMMUNES}
        )
    _vacuumed()


def _vacuumed() -> None:
    """As the database does by itself where it runs for a while; the owner of the tables has to."""
    import psycopg

    from thammuu.config.installation import read_installation

    with psycopg.connect(read_installation().owner_url, autocommit=True) as owner:
        owner.execute("VACUUM (ANALYZE) directives_assignment, directives_decision, org_unit")


def _measured(run: Any) -> tuple[float, int, float]:
    """Return the median seconds of a run, how many queries it asks, and the median seconds of these."""
    from django.db import connection

    spans, asked = [], []

    def timed(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        started = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            asked[-1].append(time.perf_counter() - started)

    run()
    with connection.execute_wrapper(timed):
        for _again in range(TIMES):
            asked.append([])
            started = time.perf_counter()
            run()
            spans.append(time.perf_counter() - started)
    return statistics.median(spans), len(asked[-1]), statistics.median(sum(each) for each in asked)


def _reference() -> float:
    from django.db import connection

    spans = []
    with connection.cursor() as cursor:
        for _again in range(TIMES):
            started = time.perf_counter()
            cursor.execute("SELECT lead_unit_id, count(*) FROM directives_assignment GROUP BY lead_unit_id")
            cursor.fetchall()
            spans.append(time.perf_counter() - started)
    return round(statistics.median(spans), 3)
