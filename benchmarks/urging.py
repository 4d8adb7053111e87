"""Urging: one round of the worker over open assignments, some of which are due.

Of the assignments, `--due` in a hundred fall due, half have been urged already and are looked at in vain, the rest have
time. Rows are put in by SQL; the round is the product's own, with its locks and facts.
"""

import argparse
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from benchmarks._ground import installation

if TYPE_CHECKING:
    from datetime import datetime

GOAL = {"seconds": 30.0}
COMMUNES = 3321

UNITS = """
INSERT INTO org_unit (id, code, level) SELECT gen_random_uuid(), 'C' || n, 'commune' FROM generate_series(1, %s) n
"""
ASSIGNMENTS = """
WITH lead AS (SELECT id, row_number() OVER (ORDER BY code) AS n FROM org_unit WHERE level = 'commune')
INSERT INTO directives_assignment (id, world, units, classification, decision_id, unit_id, lead_unit_id,
    supporting_units, title, product, urgency, issued_at, original_deadline, deadline, extensions, state, percent,
    search_text)
SELECT gen_random_uuid(), 'real', ARRAY[%(issuer)s::uuid, lead.id], 0, %(decision)s, %(issuer)s, lead.id, '{}',
    'Việc ' || g, 'Báo cáo', 'normal', %(issued)s,
    CASE WHEN g %% 100 < %(due)s THEN %(on_the_day)s WHEN g %% 2 = 0 THEN %(near)s ELSE %(far)s END,
    CASE WHEN g %% 100 < %(due)s THEN %(on_the_day)s WHEN g %% 2 = 0 THEN %(near)s ELSE %(far)s END,
    0, 'acknowledged', 0, ''
FROM generate_series(1, %(count)s) g JOIN lead ON lead.n = 1 + g %% %(communes)s
"""
URGED = """
INSERT INTO directives_urging (id, world, units, classification, assignment_id, policy_id, version, rung,
    counted_from, round, unit_id, heads, channels, urged_at)
SELECT gen_random_uuid(), world, units, 0, id, %s, 1, 'deadline-7:lead', deadline, 0, lead_unit_id, false, '{}',
    issued_at FROM directives_assignment WHERE deadline = %s
"""


def run(arguments: Sequence[str]) -> dict[str, Any]:
    """Fill the tables, then go round once with something due and once with nothing."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks urging")
    parser.add_argument("--assignments", type=int, default=200_000)
    parser.add_argument("--due", type=int, default=2, help="of a hundred")
    options = parser.parse_args(arguments)
    with installation():
        from thammuu.directives.urging.working import Rounds

        now = _fill(options.assignments, options.due)
        rounds = Rounds()
        begun = time.perf_counter()
        sent = rounds.go(now)
        first = time.perf_counter() - begun
        begun = time.perf_counter()
        again = rounds.go(now + timedelta(minutes=1))
        second = time.perf_counter() - begun
    figures = {
        "assignments": options.assignments,
        "sent": sent,
        "seconds": round(first, 2),
        "sent_by_the_next_round": again,
        "seconds_of_the_next_round": round(second, 3),
    }
    met = first <= GOAL["seconds"] and sent >= options.assignments * options.due // 100 and again == 0
    return {"figures": figures, "reference": None, "ratio": None, "goal": GOAL, "met": met}


def _fill(count: int, due: int) -> "datetime":
    """Return the morning on which so many of a hundred are due."""
    from django.db import connection

    from thammuu.kernel import clock
    from thammuu.kernel.calendar import add_working_days

    today = add_working_days(clock.day_of(clock.now()), 1)
    morning = clock.start_of(today) + timedelta(hours=8)

    def end_of(days: int) -> "datetime":
        return clock.start_of(add_working_days(today, days)) + timedelta(hours=17)

    issuer, decision, policy = _policy(morning - timedelta(days=40))
    near = end_of(5)
    with connection.cursor() as cursor:
        cursor.execute(UNITS, [COMMUNES])
        cursor.execute(
            ASSIGNMENTS,
            {
                "issuer": issuer, "decision": decision, "issued": morning - timedelta(days=30), "due": due,
                "on_the_day": clock.start_of(today) + timedelta(hours=17), "near": near, "far": end_of(40),
                "communes": COMMUNES, "count": count,
            },
        )  # fmt: skip
        cursor.execute(URGED, [policy, near])
        cursor.execute("ANALYZE directives_assignment, directives_urging")
    return morning


def _policy(now: "datetime") -> tuple[UUID, UUID, UUID]:
    """Make the issuing unit, a decision of it, and its policy, which is on."""
    from thammuu.directives.actions import take_decision
    from thammuu.directives.urging import actions
    from thammuu.org import actions as org
    from thammuu.org import authority
    from thammuu.org.rules import Role

    system, start = authority.SYSTEM, now.date()
    unit = org.create_unit(
        actor=system, now=now, code="B", level="ministry", name="Văn phòng Bộ", parent=None, starts_on=start
    )
    post = org.create_post(actor=system, now=now, unit=unit, title="Chánh Văn phòng")
    account = org.create_account(actor=system, now=now, sign_in_name="chief", password="x", unit=unit)
    org.take_post(actor=system, now=now, account=account, post=post, starts_on=start)
    org.grant_role(actor=system, now=now, post=post, role=Role.CHIEF, unit=unit, reason="đo", starts_at=now)
    chief = authority.actor_of(account)
    assert chief is not None
    decision = take_decision(actor=chief, now=now, unit=unit, title="Giao việc", reason="đo")
    policy = actions.draw_up_policy(actor=chief, now=now, unit=unit)
    actions.switch_policy(actor=chief, now=now, policy=policy, on=True, reason="đo")
    return unit, decision, policy
