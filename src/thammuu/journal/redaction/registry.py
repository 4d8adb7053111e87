"""Which subjects can be redacted, what of them goes, and where else copies of it lie. Each package says its own."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models

from thammuu.journal.feed import FeedEntry
from thammuu.journal.fold import tables
from thammuu.journal.subjects import Subject

Named = tuple[Subject, UUID]
Related = Callable[[UUID], Collection[Named]]


@dataclass(frozen=True, slots=True)
class Redactable:
    """A kind of subject. `blank` gives what stands in place of a field, in the row and wherever a fact tells it;
    `derived` the same of columns that no fact tells; `related` names the subjects that say the same or belong to it.
    """

    subject: Subject
    blank: Mapping[str, Any]
    derived: Mapping[str, Any] = field(default_factory=dict)
    related: Related = lambda _id: ()

    @property
    def model(self) -> type[models.Model]:
        """Return the table that holds the subject's state."""
        return tables()[self.subject].model

    def blanks(self) -> dict[str, Any]:
        """Return the columns of the row that are emptied, with what then stands in them."""
        columns = {each.attname for each in self.model._meta.concrete_fields}
        return {name: value for name, value in {**self.blank, **self.derived}.items() if name in columns}


@dataclass(frozen=True, slots=True)
class Place:
    """Where copies may lie besides rows, bodies and files. `tells` says what becomes of those of the entries."""

    name: Any
    tells: Callable[[Sequence[UUID]], Any]


_redactable: dict[Subject, Redactable] = {}
_cleaners: list[Callable[[Sequence[FeedEntry]], None]] = []
_forgetters: list[Callable[[], None]] = []
_places: list[Place] = []


def redactable(
    subject: Subject,
    blank: Mapping[str, Any],
    *,
    derived: Mapping[str, Any] | None = None,
    related: Related = lambda _id: (),
) -> None:
    """Say what of a subject goes when it is redacted."""
    _redactable[subject] = Redactable(subject, blank, derived or {}, related)


def redactable_as(subject: Subject) -> Redactable | None:
    """Return what goes of this kind of subject; None if it cannot be redacted."""
    return _redactable.get(subject)


def redactable_subjects() -> Collection[Subject]:
    """Return every kind of subject that can be redacted."""
    return _redactable.keys()


def cleans(function: Callable[[Sequence[FeedEntry]], None]) -> Callable[[Sequence[FeedEntry]], None]:
    """Register what writes copies of entries anew; called in the confirming transaction with the entries restated."""
    _cleaners.append(function)
    return function


def clean(entries: Sequence[FeedEntry]) -> None:
    """Let every package write its copies of the entries anew."""
    for cleaner in _cleaners:
        cleaner(entries)


def forgets(function: Callable[[], None]) -> None:
    """Register what drops copies that a process holds in memory."""
    _forgetters.append(function)


def forget() -> None:
    """Drop every copy that this process holds in memory: something was redacted."""
    for forgetter in _forgetters:
        forgetter()


def place(name: Any, tells: Callable[[Sequence[UUID]], Any]) -> None:
    """Register a place where copies may lie, for the list that is shown before anybody agrees."""
    _places.append(Place(name, tells))


def places() -> Sequence[Place]:
    """Return every such place."""
    return tuple(_places)
