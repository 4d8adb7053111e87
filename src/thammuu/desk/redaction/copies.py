"""Every copy of what a redaction takes away: rows, entries, files, and the places that packages name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db import models

from thammuu.desk.words import KINDS
from thammuu.journal import feed
from thammuu.journal.feed import FeedEntry
from thammuu.journal.redaction.registry import Named, Redactable, places, redactable_as
from thammuu.journal.redaction.restating import says_something, words_of
from thammuu.journal.subjects import Subject


class Owner(NamedTuple):
    """Whose something is: where the right to redact it has to hold, for which event and level."""

    unit: UUID
    event: UUID | None
    classification: int


@dataclass(frozen=True, slots=True)
class Copies:
    """What is there of one subject. `told` are its entries that say something that goes, `fields` what its row says."""

    subject: Subject
    id: UUID
    how: Redactable
    row: models.Model
    told: Sequence[FeedEntry]
    all_sealed: bool

    @property
    def key(self) -> str:
        """Return the subject as redactions name it."""
        return f"{self.subject}:{self.id}"

    @property
    def kind(self) -> Any:
        """Return the word for the kind of subject."""
        return KINDS[self.subject]

    @property
    def fields(self) -> list[tuple[str, str]]:
        """Return the row's columns that are emptied, with what they say now."""
        blanks = self.how.blanks()
        found = ((name, getattr(self.row, name)) for name in blanks if getattr(self.row, name) != blanks[name])
        return [(name, _shown(value)) for name, value in found]

    @property
    def event(self) -> UUID | None:
        """Return the event that the subject belongs to."""
        found: UUID | None = getattr(self.row, "event_id", None)
        return found

    @property
    def owners(self) -> list[Owner]:
        """Return the unit that the subject belongs to; where a row names none, every unit that sees it."""
        row: Any = self.row
        own = getattr(row, "unit_id", None)
        units = [own] if own is not None else list(row.units)
        return [Owner(unit, self.event, row.classification) for unit in units]

    @property
    def words(self) -> list[str]:
        """Return the texts that go."""
        return [word for entry in self.told if entry.body for word in words_of(entry.body, self.how.blank)]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A place that packages name, and what becomes of the copies there."""

    name: Any
    says: Any


def copies_of(named: Named) -> Copies | None:
    """Return every copy of a subject, None if there is none such or it cannot be redacted. Whoever may see it."""
    subject, id = named
    how = redactable_as(subject)
    row = how.model._default_manager.filter(pk=id).first() if how else None
    if how is None or row is None:
        return None
    entries = feed.of_subjects([id])
    told = [one for one in entries if one.redaction is None and one.body and says_something(one.body, how.blank)]
    return Copies(subject, id, how, row, told, all(one.position is not None for one in entries))


def elsewhere(entries: Iterable[UUID]) -> list[Elsewhere]:
    """Return what becomes of the copies in the places that packages name."""
    ids = list(entries)
    return [Elsewhere(one.name, one.tells(ids)) for one in places()]


def parse(key: str) -> Named | None:
    """Return the subject that "kind:id" names, None if it names none."""
    kind, _colon, id = key.partition(":")
    try:
        return Subject(kind), UUID(id)
    except ValueError:
        return None


def _shown(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return f"{len(bytes(value))} B"
    return str(value)[:500]
