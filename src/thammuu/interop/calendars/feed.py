"""What a feed holds: the deadlines that a unit leads, and if asked those it issued, as its token may see them now."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _

from thammuu.directives import labels
from thammuu.directives.models import Assignment
from thammuu.directives.rules import OPEN, State
from thammuu.interop.calendars.codec import Deadline
from thammuu.journal.redaction.words import said
from thammuu.kernel.actor import Actor
from thammuu.kernel.clock import format_instant
from thammuu.org import directory
from thammuu.org.policies import visible_to

KEPT = timedelta(days=90)
"""So long a deadline that is past stays in a feed, once its assignment is done or withdrawn."""
MOST = 2000
"""So many deadlines a feed has at most; beyond, the earliest are left out."""


def deadlines(
    actor: Actor, unit: UUID, now: datetime, address_of: Callable[[UUID], str], *, issued: bool = False
) -> list[Deadline]:
    """Return the deadlines of the unit, the latest first: all that are open, the others up to `KEPT` after they passed.

    `address_of` gives the address of an assignment's page.
    """
    known = directory.current()
    units = frozenset[UUID]().union(*(known.stands_for(heir) for heir in known.present(unit)))
    parties = Q(lead_unit__in=units) | Q(unit__in=units) if issued else Q(lead_unit__in=units)
    wanted = Q(state__in=OPEN) | Q(deadline__gte=now - KEPT)
    found = (
        Assignment.objects.filter(visible_to(actor), parties, wanted)
        .annotate(sequence=Count("changes"), changed_at=Max("changes__changed_at"))
        .order_by("-deadline", "id")
    )
    return [_deadline(row, actor.language, address_of(row.id)) for row in found[:MOST]]


def _deadline(row: Assignment, language: str, url: str) -> Deadline:
    return Deadline(
        uid=str(row.id),
        at=row.deadline,
        summary=_summary(row),
        description="\n".join(_description(row, language)),
        url=url,
        sequence=row.sequence,  # type: ignore[attr-defined]
        changed_at=row.changed_at or row.issued_at,  # type: ignore[attr-defined]
        is_cancelled=row.state == State.WITHDRAWN,
    )


def _summary(row: Assignment) -> str:
    """Return the title; a feed leaves the house, so nothing above the lowest level is named in it."""
    return _("Assignment") if row.classification else _("Deadline: {title}").format(title=said(row.title))


def _description(row: Assignment, language: str) -> list[str]:
    original = _("Original deadline: {instant}").format(instant=format_instant(row.original_deadline, language))
    if row.classification:
        return [original]
    lead = _("Lead unit: {unit}").format(unit=directory.current().unit_label(row.lead_unit_id))
    return [lead, str(labels.STATES[State(row.state)]), original]
