"""What is typed of an incoming document, judged and put into its row."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from thammuu.directives.actions.wording import filled, stored
from thammuu.directives.incoming import rules
from thammuu.directives.incoming.models import IncomingDocument
from thammuu.directives.rules import Urgency
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Conflict
from thammuu.kernel.text import fold
from thammuu.org.policies import visible_to
from thammuu.paper.intake import Kept

LONGEST = 2000
MOST_FILES = 10


@dataclass(frozen=True, slots=True)
class Arrival:
    """What stands on a document that came, and the day of its arrival. `dated` is None for one without a day."""

    arrived_on: date
    issuer: str
    abstract: str
    symbol: str = ""
    dated: date | None = None
    type_name: str = ""
    urgency: Urgency = Urgency.NORMAL


class Duplicate(Conflict):
    """The document seems to be registered already; `earlier` is the first registration."""

    def __init__(self, earlier: IncomingDocument) -> None:
        super().__init__(_("This document seems to be registered already. Look at it, then confirm a second copy."))
        self.earlier = earlier


def describe(row: IncomingDocument, given: Arrival, today: date) -> None:
    """Put what was typed into the row. Raises `BadInput` for empty words and days that cannot be."""
    if given.arrived_on > today:
        raise BadInput("arrived_on", _("A document cannot have arrived in the future."))
    if given.dated is not None and given.dated > given.arrived_on:
        raise BadInput("dated", _("The document is dated after its arrival."))
    for name in (field.name for field in fields(Arrival)):
        setattr(row, name, getattr(given, name))
    for name in ("issuer", "abstract"):
        setattr(row, name, filled(name, getattr(given, name)))
    for name in ("symbol", "type_name"):
        setattr(row, name, stored(name, getattr(given, name)))
    for name in ("issuer", "abstract", "symbol", "type_name"):
        if len(getattr(row, name)) > LONGEST:
            raise BadInput(name, _("At most {most} characters are taken here.").format(most=LONGEST))
    row.urgency = str(given.urgency)
    row.likeness = rules.likeness(row.issuer, row.symbol)
    row.search_text = fold(f"{row.symbol} {row.issuer} {row.type_name} {row.abstract}")


def judge_files(files: Sequence[Kept]) -> None:
    """Raise `BadInput` for more files than are taken at once."""
    if len(files) > MOST_FILES:
        raise BadInput("received", _("At most {most} files are taken at once.").format(most=MOST_FILES))


def earlier_like(actor: Actor, unit: UUID, likeness: str, dated: date | None, but: UUID) -> IncomingDocument | None:
    """Return the unit's first registration of the same issuer, number and symbol of one year, None if there is none."""
    if not likeness:
        return None
    same_year = Q() if dated is None else Q(dated__isnull=True) | Q(dated__year=dated.year)
    found = IncomingDocument.objects.filter(visible_to(actor), same_year, unit=unit, likeness=likeness).exclude(id=but)
    return found.order_by("registered_at", "id").first()


def judge_copy(actor: Actor, row: IncomingDocument, second_copy: bool) -> None:
    """Set whose second copy the row is. Raises `Duplicate` for one that was not confirmed."""
    earlier = earlier_like(actor, row.unit_id, row.likeness, row.dated, row.id)
    if earlier is not None and not second_copy:
        raise Duplicate(earlier)
    row.copy_of = None if earlier is None else earlier.copy_of or earlier.id
