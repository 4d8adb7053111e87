"""What still waits for an answer when an assignment ends or is refused, and ends with it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from thammuu.directives.execution_facts import ExtensionEnded, GuidanceEnded
from thammuu.directives.models import Assignment, ExtensionRequest, Guidance
from thammuu.directives.rules import ASKING, RequestState
from thammuu.journal.facts import Fact


def ended(rows: Sequence[Assignment], now: datetime) -> Mapping[UUID, Sequence[Fact]]:
    """End the open questions and requests of the (locked) rows that nobody asks about any more.

    Return, by assignment, what is recorded of them. Reopening does not bring them back: who still needs to know asks
    anew.
    """
    over = [row.id for row in rows if row.state not in ASKING]
    told: dict[UUID, list[Fact]] = defaultdict(list)
    if not over:
        return told
    asked = Guidance.objects.filter(assignment__in=over, answered_at=None, ended_at=None)
    for id, assignment in asked.order_by("id").values_list("id", "assignment_id"):
        told[assignment].append(GuidanceEnded(subject_id=id, ended_at=now))
    state = str(RequestState.ENDED)
    wanted = ExtensionRequest.objects.filter(assignment__in=over, state=RequestState.OPEN)
    for id, assignment in wanted.order_by("id").values_list("id", "assignment_id"):
        told[assignment].append(ExtensionEnded(subject_id=id, state=state, decided_at=now))
    asked.update(ended_at=now)
    wanted.update(state=state, decided_at=now)
    return told
