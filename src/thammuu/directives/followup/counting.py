"""The counts behind the follow-up board: of each lead unit and of each decision, in one statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Case, DateTimeField, F, Value, When

from thammuu.directives.filters import SHOWN, AssignmentFilters, Names, names_at, selected
from thammuu.directives.followup.rules import AGES, SPANS, Counts
from thammuu.directives.rules import DONE, OPEN, State
from thammuu.kernel.actor import REAL, Actor

# What is counted lies in memory. At its default, which is for disks that turn, the planner takes an index of 20 MB for
# dearer than a table of 60 MB. To start other processes and wait for them gains little, and nothing beside other work.
_ALONG = "SELECT set_config('random_page_cost', '1.1', true), set_config('max_parallel_workers_per_gather', '0', true)"

_ROWS = "WITH task (unit, decision, state, due) AS {held} ({rows})"
# Within each state, along an index; what the state means is asked once for each group.
_GROUPED = """
SELECT '{by}', {by}, ARRAY[{counts}] FROM (
    SELECT {by}, state = ANY(%s) AS open, state = ANY(%s) AS without, count(*)::int AS total, {late}
    FROM task GROUP BY {by}, state
) AS standing GROUP BY {by}
"""
_LATE = "count(*) FILTER (WHERE due < %s)::int AS {column}"
_SUM = "coalesce(sum({column}) FILTER (WHERE {where}), 0)"


@dataclass(frozen=True, slots=True)
class Counted:
    """The counts of assignments, once by lead unit and once by decision."""

    by_unit: Mapping[UUID, Counts]
    by_decision: Mapping[UUID, Counts]


def counted(actor: Actor, filters: AssignmentFilters, now: datetime) -> Counted:
    """Count the assignments of the filters, withdrawn ones left out; of decisions, the states alone.

    Twice over the same rows, each time along an index that holds all that is asked; see decision 24. Where the rows
    themselves have to be read, for units or a cut-off, they are read once.
    """
    names, at = names_at(filters.at), filters.at or now
    found = selected(actor, filters, now).exclude(**{names.state: State.WITHDRAWN}).order_by()
    columns = ("lead_unit_id", "decision_id", names.state, "due")
    rows, values = found.annotate(due=_due(names, at)).values_list(*columns).query.sql_with_params()
    by_unit, of_units = _grouped("unit", [at, *(at - SPANS[age][0] for age in AGES)])
    by_decision, of_decisions = _grouped("decision", [at])
    along = _along_indexes(actor, filters)
    held = _ROWS.format(held="NOT MATERIALIZED" if along else "MATERIALIZED", rows=rows)
    counts: dict[str, dict[UUID, Counts]] = {"unit": {}, "decision": {}}
    with transaction.atomic(), connection.cursor() as cursor:
        if along:
            cursor.execute(_ALONG)
        # The rows are the ORM's own statement, the rest stands above; their values are parameters.
        cursor.execute(f"{held} {by_unit} UNION ALL {by_decision}", [*values, *of_units, *of_decisions])
        for by, id, found_there in cursor.fetchall():
            counts[by][id] = found_there
    return Counted(counts["unit"], counts["decision"])


def _along_indexes(actor: Actor, filters: AssignmentFilters) -> bool:
    """Say whether the indexes hold all that is asked: how it stands now in the real world, by who sees every unit."""
    scope = actor.scope
    narrow = scope.units is not None or scope.further or scope.opened
    return filters.at is None and scope.world == REAL and not narrow


def _grouped(by: str, bounds: Sequence[datetime]) -> tuple[str, list[Any]]:
    """Return the statement that counts by a column, and its values.

    The first of the bounds is what is due before it is late; with others, the ages are counted as well.
    """
    late = [f"late_{place}" for place in range(len(bounds))]
    sums = [("total", "open"), (late[0], "open"), (late[0], "NOT open")]
    if ages := late[1:]:
        sums += [("total", "without"), *((column, "open") for column in ages)]
    counts = ["sum(total)", *(_SUM.format(column=column, where=where) for column, where in sums)]
    filters = ", ".join(_LATE.format(column=column) for column in late)
    statement = _GROUPED.format(by=by, counts=", ".join(counts), late=filters)
    return statement, [[*map(str, OPEN)], [*map(str, OPEN - set(SHOWN))], *bounds]


def _due(names: Names, at: datetime) -> Case:
    """Return the deadline, moved for what was handed in: as far from `at` as its own is from the handing in.

    So one comparison with constants says how late each assignment is; see `followup.rules.age_of`. Moving costs more
    than all else that is asked: what is in time or done, where it does not matter how much, is only put on its side.
    """
    deadline, handed_in = F(names.deadline), F(names.handed_in)
    return Case(
        When(**{f"{names.handed_in}__isnull": True}, then=deadline),
        When(**{f"{names.deadline}__gte": handed_in}, then=Value(at)),
        When(**{f"{names.state}__in": DONE}, then=Value(at - timedelta.resolution)),
        default=deadline + (Value(at) - handed_in),
        output_field=DateTimeField(),
    )
