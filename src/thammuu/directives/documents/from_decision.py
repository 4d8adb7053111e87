"""What a document begins with that puts a decision and its assignments into words."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from thammuu.directives.documents.actions import Description
from thammuu.directives.documents.kinds import LETTER
from thammuu.directives.documents.rules import Capacity, Circulation
from thammuu.directives.drafting import blocks_of, draft_of
from thammuu.directives.models import Assignment, Decision
from thammuu.directives.rules import State, Urgency
from thammuu.paper.clauses import Clause, ClauseKind


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a document begins with; `carried` are, for each clause, the assignments whose task it gives."""

    description: Description
    clauses: list[Clause]
    carried: list[list[UUID]]


def begun_from(decision: Decision, assignments: Iterable[Assignment], type: str) -> Beginning:
    """Return the beginning of a document of the type, from the decision and those of its assignments.

    The lead units are addressed in a letter and receive any other type; the stamp is that of the most urgent.
    """
    rows = list(assignments)
    standing = [row for row in rows if row.title and row.state != State.WITHDRAWN]
    draft = draft_of(decision, rows, LETTER if type == LETTER else "CT")
    leads = tuple(dict.fromkeys(row.lead_unit_id for row in standing))
    capacity, signs_for, signer = _signature(list(draft.signature.capacity))
    degrees = [Urgency(row.urgency) for row in standing]
    description = Description(
        type=type,
        abstract=draft.abstract,
        urgency=max(degrees, key=list(Urgency).index, default=Urgency.NORMAL),
        circulation=Circulation.INTERNAL if decision.classification else Circulation.NONE,
        addressees=leads if type == LETTER else (),
        recipients=() if type == LETTER else leads,
        capacity=capacity,
        signs_for=signs_for,
        signer=signer,
    )
    blocks = blocks_of(decision, rows)
    clauses = [
        Clause(ClauseKind.CLAUSE if block.label else ClauseKind.PARAGRAPH, block.text) for block, _carried in blocks
    ]
    return Beginning(description, clauses, [carried for _block, carried in blocks])


def _signature(lines: list[str]) -> tuple[Capacity, str, str]:
    if len(lines) == 2:
        return Capacity.AUTHORISED, lines[0].removeprefix(Capacity.AUTHORISED).strip(), lines[1]
    return Capacity.OWN, "", lines[0]
