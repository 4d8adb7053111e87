"""One directive to a whole tree: 34 provinces and the 3,321 communes below them, each with its own assignment.

The units are of our own making, as many as there are since July 2025. The reference, measured in the same run, is the
bare insertion of as many rows of assignments, without a journal.
"""

import time
from datetime import date, timedelta
from typing import Any
from uuid import UUID

MOST_SECONDS = 5
PROVINCES, COMMUNES = 34, 3321
SINCE = date(2025, 7, 1)


def cascade() -> tuple[dict[str, Any], float, bool]:
    """Measure the cascade and its preview; return the figures, the seconds of the reference, and whether it is met."""
    ministry = tree(COMMUNES)
    figures = _cascade(chief(ministry), ministry)
    met = figures["seconds"] <= MOST_SECONDS and figures["assignments"] == PROVINCES + COMMUNES
    return figures, bare_rows(), met


def tree(communes: int) -> UUID:
    """A ministry, its provinces and their communes in turn, written as rows: how units come is another benchmark."""
    from thammuu.kernel.ids import new_id
    from thammuu.org.models import Unit, UnitSpell

    units: list[Unit] = []
    spells: list[UnitSpell] = []

    def made(code: str, level: str, name: str, parent: UUID | None) -> UUID:
        id = new_id()
        units.append(Unit(id=id, code=code, level=level))
        spells.append(
            UnitSpell(
                id=new_id(), unit_id=id, parent_id=parent, name=name, short_name=name, sort_key=code, starts_on=SINCE
            )
        )
        return id

    ministry = made("B", "ministry", "Văn phòng Bộ", None)
    provinces = [made(f"{number:02}", "province", f"Tỉnh {number}", ministry) for number in range(PROVINCES)]
    for number in range(communes):
        made(f"{number:05}", "commune", f"Xã {number}", provinces[number % PROVINCES])
    Unit.objects.bulk_create(units)
    UnitSpell.objects.bulk_create(spells)
    return ministry


def chief(ministry: UUID) -> Any:
    """The chief of the ministry."""
    from thammuu.kernel import clock
    from thammuu.org import actions, authority
    from thammuu.org.rules import Role

    now, system = clock.now(), authority.SYSTEM
    authority.forget()
    post = actions.create_post(actor=system, now=now, unit=ministry, title="Chánh Văn phòng")
    account = actions.create_account(actor=system, now=now, sign_in_name="chief", password="x", unit=ministry)
    actions.take_post(actor=system, now=now, account=account, post=post, starts_on=SINCE)
    actions.grant_role(actor=system, now=now, post=post, role=Role.CHIEF, unit=ministry, reason="đo")
    actor = authority.actor_of(account)
    assert actor is not None
    return actor


def _cascade(chief: Any, ministry: UUID) -> dict[str, Any]:
    from thammuu.directives import actions, queries
    from thammuu.directives.models import Assignment
    from thammuu.directives.receiving import Cascade, planned
    from thammuu.directives.web import rollup
    from thammuu.kernel import clock

    now = clock.now()
    decision = actions.take_decision(actor=chief, now=now, unit=ministry, title="Tăng cường", reason="đo")
    end = now + timedelta(days=60)
    cascade = Cascade(
        title="Rà soát phương án",
        product="Báo cáo kết quả",
        levels=("province", "commune"),
        reviews={"ministry": 3, "province": 5},
        deadline=end,
    )
    row = queries.decision(chief, decision)
    started = time.perf_counter()
    planned(chief, row, cascade, end, now)
    previewed = time.perf_counter()
    actions.cascade_assignments(actor=chief, now=now, decision=decision, cascade=cascade)
    cascaded = time.perf_counter()
    # The first roll-up of a process also reads the list of addresses; the second is what a page costs.
    rollup.of_decision(chief, decision, now)
    ended = time.perf_counter()
    rollup.of_decision(chief, decision, now)
    counted = time.perf_counter()
    return {
        "seconds": round(cascaded - previewed, 2),
        "preview_seconds": round(previewed - started, 2),
        "roll_up_seconds": round(counted - ended, 3),
        "assignments": Assignment.objects.filter(decision_id=decision).count(),
        "with_a_unit_above": Assignment.objects.filter(decision_id=decision, parent__isnull=False).count(),
    }


def bare_rows() -> float:
    """Seconds to insert as many bare assignments, in one transaction."""
    from django.db import transaction

    from thammuu.directives.models import Assignment
    from thammuu.kernel.ids import new_id

    rows = list(Assignment.objects.all())
    for row in rows:
        row.id, row.parent_id, row.above = new_id(), None, []
    started = time.perf_counter()
    with transaction.atomic():
        Assignment.objects.bulk_create(rows, batch_size=1000)
    return round(time.perf_counter() - started, 2)
