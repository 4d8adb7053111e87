"""An order typed in the command bar: "> Hà Nội: seal gate 2 !! #42". Nothing is guessed: the unit stands first.

"!!" makes it very urgent, "!!!" immediate; without them it is urgent.
"""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from thammuu.directives.rules import Urgency
from thammuu.journal.recording import Recorded, Submission
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput
from thammuu.watch.command_parts import IncidentPart, Line, SeverityPart, UnitPart
from thammuu.watch.orders.actions import Draft, give_order
from thammuu.watch.orders.receivers import Addressee

SIGN = ">"
_DEGREES = {2: Urgency.VERY_URGENT, 3: Urgency.IMMEDIATE}


def is_order(text: str) -> bool:
    """Say whether a typed line is an order."""
    return text.lstrip().startswith(SIGN)


def after_sign(text: str) -> tuple[str, int]:
    """Return what is ordered, and where it begins in the text."""
    begins = text.index(SIGN) + 1
    begins += len(text[begins:]) - len(text[begins:].lstrip())
    return text[begins:], begins


def order_line(
    *,
    actor: Actor,
    now: datetime,
    line: Line,
    incident: UUID | None,
    event: UUID | None,
    classification: int,
    submission: Submission | None,
) -> Recorded:
    """Give the order that the line says. Raises `BadInput` if it does not begin with a unit."""
    unit, marks, named = line.first(UnitPart), line.first(SeverityPart), line.first(IncidentPart)
    if unit is None or unit.start > 0:
        raise BadInput("text", _("Write first which unit is ordered: “> Hà Nội: seal gate 2”."))
    draft = Draft(
        text=" ".join(word for word in line.text.split() if set(word) != {"!"}),
        to=[Addressee(unit.unit)],
        urgency=_DEGREES.get(marks.marks, Urgency.URGENT) if marks else Urgency.URGENT,
        incident=incident or (named.incident if named else None),
        event=event,
        classification=classification,
    )
    return give_order(actor=actor, now=now, draft=draft, submission=submission)
