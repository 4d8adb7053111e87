"""Issuing an approved document: its number from the yearly series, its effect on an earlier one, its addressees."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from thammuu.directives.documents import policies
from thammuu.directives.documents.actions.holding import Held, fields_of
from thammuu.directives.documents.actions.naming import remember_symbol
from thammuu.directives.documents.actions.numbering import next_number
from thammuu.directives.documents.actions.passing import Told, drafting, pass_on
from thammuu.directives.documents.facts import DocumentAltered, DocumentIssued, VersionShared
from thammuu.directives.documents.models import Document, DocumentVersion
from thammuu.directives.documents.rules import Effect, Standing, Step, standing_after, symbol_of
from thammuu.journal.facts import Link
from thammuu.journal.recording import Submission, record
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Conflict
from thammuu.kernel.text import fold


def issue_document(
    *,
    actor: Actor,
    now: datetime,
    document: UUID,
    issuer: str = "",
    drafter: str = "",
    submission: Submission | None = None,
) -> UUID:
    """Give an approved document the next number of its series and make it known to whom it is addressed; return its id.

    `issuer` and `drafter` are the abbreviations of the issuing and the drafting unit, needed while they are not known;
    they are remembered. The number is taken in the same transaction: if that fails, no number is lost. Raises
    `BadInput` for a missing abbreviation, `Conflict` if the earlier document that it changes is not in force any more.
    """

    def tell(held: Held) -> Told:
        row = held.row
        _alter(held, now, lambda: _number(held, now, issuer, drafter))
        row.issued_at, row.standing = now, str(Standing.IN_FORCE)
        row.units = list(dict.fromkeys([*drafting(row), *row.addressees, *row.recipients]))
        row.search_text = fold(f"{row.type_name} {row.abstract} {row.symbol}")
        _share(held, now)
        links = (Link(_RELATIONS[Effect(row.effect)], Subject.DOCUMENT, row.alters),) if row.alters else ()
        told = DocumentIssued(
            subject_id=row.id, links=links, **{**fields_of(DocumentIssued, row), "units": tuple(row.units)}
        )
        return Told([told], units=row.units)

    return pass_on(actor, now, document, Step.ISSUE, policies.may_issue, tell, submission)


_RELATIONS = {
    Effect.AMENDS: Relation.REFERENCES,
    Effect.REPLACES: Relation.SUPERSEDES,
    Effect.REVOKES: Relation.SUPERSEDES,
}


def _number(held: Held, now: datetime, issuer: str, drafter: str) -> None:
    row = held.row
    ours = remember_symbol(held.actor, now, row.unit_id, issuer, "issuer")
    theirs = "" if row.abbreviation else remember_symbol(held.actor, now, row.drafting_unit_id, drafter, "drafter")
    row.issued_year = clock.day_of(now).year
    row.number = next_number(held.actor, now, row, row.issued_year)
    row.symbol = symbol_of(row.number, row.abbreviation, ours, theirs)


def _alter(held: Held, now: datetime, number: Callable[[], None]) -> None:
    """Lock the earlier document, if there is one, before the series; then say how it stands from now on."""
    row = held.row
    if row.alters is None:
        number()
        return
    earlier = Document.objects.select_for_update().get(id=row.alters)
    standing = standing_after(Standing(earlier.standing), Effect(row.effect))
    if standing is None:
        text = _("The earlier document {symbol} is not in force any more; look at what became of it.")
        raise Conflict(text.format(symbol=earlier.symbol))
    number()
    earlier.standing = str(standing)
    earlier.save(update_fields=["standing"])
    told = DocumentAltered(subject_id=earlier.id, standing=earlier.standing, symbol_of_later=row.symbol)
    record(
        told, actor=held.actor, at=now, now=now, units=earlier.units, event=earlier.event_id,
        classification=earlier.classification,
    )  # fmt: skip


def _share(held: Held, now: datetime) -> None:
    row = held.row
    version = DocumentVersion.objects.get(document=row, number=row.version)
    version.units = row.units
    version.save(update_fields=["units"])
    record(
        VersionShared(subject_id=version.id, units=tuple(row.units)), actor=held.actor, at=now, now=now,
        units=row.units, event=row.event_id, classification=row.classification,
    )  # fmt: skip
