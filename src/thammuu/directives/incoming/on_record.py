"""The documents that a unit has on record, found by what a line of a list says of them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from thammuu.directives.documents.models import Document
from thammuu.directives.documents.rules import DocumentState
from thammuu.directives.importing import Column, Known, Line
from thammuu.directives.importing.values import symbol_of
from thammuu.directives.incoming.models import IncomingDocument
from thammuu.journal.subjects import Subject
from thammuu.kernel.actor import Actor
from thammuu.kernel.text import fold
from thammuu.org.policies import visible_to


@dataclass(frozen=True, slots=True)
class OnRecord:
    """A document: `issuer` folded, "" for the unit's own; `year` of its date, None where that is not known.

    `arrival` is its number of arrival and the year of that; `followed` says that it is passed on with a deadline.
    """

    kind: Subject
    id: UUID
    issuer: str
    year: int | None
    arrival: tuple[int, int] | None = None
    followed: bool = False


Records = Mapping[tuple[int, str], Collection[OnRecord]]
"""By number and symbol."""


def records_of(actor: Actor, unit: UUID) -> Records:
    """Return what the unit has registered or issued, as far as the actor sees it."""
    found: dict[tuple[int, str], list[OnRecord]] = defaultdict(list)
    issued = Document.objects.filter(visible_to(actor), unit=unit, state=str(DocumentState.ISSUED))
    for id, symbol, year in issued.values_list("id", "symbol", "issued_year"):
        if read := symbol_of(symbol):
            found[read.number, read.notation].append(OnRecord(Subject.DOCUMENT, id, "", year))
    arrived = IncomingDocument.objects.filter(visible_to(actor), unit=unit)
    fields = ("id", "symbol", "issuer", "dated", "year", "number", "lead_unit", "due_on")
    for id, symbol, issuer, dated, year, number, lead, due_on in arrived.values_list(*fields):
        if read := symbol_of(symbol):
            one = OnRecord(
                Subject.INCOMING_DOCUMENT, id, folded(issuer), dated.year if dated else read.year or year,
                (number, year), lead is not None and due_on is not None,
            )  # fmt: skip
            found[read.number, read.notation].append(one)
    return found


def known_of(records: Records) -> set[Known]:
    """Return the documents as a register names them: by number, symbol, issuer and year."""
    return {(*symbol, one.issuer, one.year) for symbol, several in records.items() for one in several}


def named_by(line: Line, records: Records) -> list[OnRecord]:
    """Return the documents that a line may name: one if it is certain. What the line does not say excludes none."""
    if line.symbol is None:
        return []
    found = list(records.get((line.symbol.number, line.symbol.notation), ()))
    dated, issuer = line.values.get(Column.DATED), folded(str(line.values.get(Column.ISSUER, "")))
    year = dated.year if isinstance(dated, date) else line.symbol.year
    if year is not None:
        found = [one for one in found if one.year in (None, year)]
    if issuer:
        found = [one for one in found if one.issuer == issuer]
    arrival = str(line.values.get(Column.ARRIVAL_NUMBER, ""))
    if len(found) > 1 and arrival.isascii() and arrival.isdecimal():
        return [one for one in found if one.arrival and one.arrival[0] == int(arrival)] or found
    return found


def folded(text: str) -> str:
    """Return an issuer as two spellings of it are compared."""
    return " ".join(fold(text).split())
