"""What a line of the command bar is read into: parts with their offsets, problems, and the text that
remains."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_noop

from thammuu.kernel.clock import ORGANISATION_ZONE
from thammuu.kernel.names import NameIndex


class Reason(StrEnum):
    """What is the matter with something typed."""

    NO_SUCH_TIME = "no_such_time"
    NOT_YET = "not_yet"
    UNKNOWN_UNIT = "unknown_unit"
    AMBIGUOUS_UNIT = "ambiguous_unit"
    UNKNOWN_PLACE = "unknown_place"
    AMBIGUOUS_PLACE = "ambiguous_place"
    UNLISTED_PLACE = "unlisted_place"
    NO_SUCH_POINT = "no_such_point"
    UNKNOWN_INCIDENT = "unknown_incident"
    UNKNOWN_KIND = "unknown_kind"
    GIVEN_TWICE = "given_twice"


MESSAGES: Mapping[Reason, str] = {
    Reason.NO_SUCH_TIME: gettext_noop("“{typed}” is not a time of day."),
    Reason.NOT_YET: gettext_noop("“{typed}” has not come yet. Write “yesterday” before it if it has passed."),
    Reason.UNKNOWN_UNIT: gettext_noop("No unit is called “{typed}”."),
    Reason.AMBIGUOUS_UNIT: gettext_noop("“{typed}” is the name of {count} units. Write its code."),
    Reason.UNKNOWN_PLACE: gettext_noop("No place on the map is called “{typed}”."),
    Reason.AMBIGUOUS_PLACE: gettext_noop("“{typed}” is the name of {count} places. Write more of it."),
    Reason.UNLISTED_PLACE: gettext_noop("“{typed}” is not on the map; it is kept as written."),
    Reason.NO_SUCH_POINT: gettext_noop("“{typed}” is not a point on earth. Write latitude, then longitude."),
    Reason.UNKNOWN_INCIDENT: gettext_noop("There is no incident {typed}."),
    Reason.UNKNOWN_KIND: gettext_noop("No kind of entry is called “{typed}”."),
    Reason.GIVEN_TWICE: gettext_noop("“{typed}” says a second time what was said before."),
}
NOTICES = frozenset({Reason.UNLISTED_PLACE})
"""Reasons that do not stand in the way of filing."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where a part stands in the typed text: `start` inclusive, `end` exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TimePart(Span):
    """When it happened, aware, in the organisation's zone."""

    at: datetime


@dataclass(frozen=True, slots=True)
class UnitPart(Span):
    """A unit named."""

    unit: UUID
    name: str


@dataclass(frozen=True, slots=True)
class PlacePart(Span):
    """Where: a listed place, a point (degrees, WGS 84), or words only."""

    text: str
    place: UUID | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class IncidentPart(Span):
    """The incident the entry belongs to, by its number."""

    number: int
    incident: UUID


@dataclass(frozen=True, slots=True)
class KindPart(Span):
    """The kind of entry."""

    kind: str


@dataclass(frozen=True, slots=True)
class SeverityPart(Span):
    """How urgent the officer marked it: 2 for "!!", 3 for "!!!"."""

    marks: int


P = TypeVar("P", bound=Span)
Part = TimePart | UnitPart | PlacePart | IncidentPart | KindPart | SeverityPart


@dataclass(frozen=True, slots=True)
class Problem(Span):
    """What could not be taken. `candidates` are the things an ambiguous name may mean."""

    reason: Reason
    typed: str
    candidates: tuple[UUID, ...] = ()

    @property
    def message(self) -> str:
        """The message id, to be translated and then formatted with `values`."""
        return MESSAGES[self.reason]

    @property
    def values(self) -> Mapping[str, object]:
        return {"typed": self.typed, "count": len(self.candidates)}

    @property
    def blocks(self) -> bool:
        return self.reason not in NOTICES


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the bar knows, built once and kept: names of units, places and kinds; `incidents` by number."""

    units: NameIndex[UUID] = field(default_factory=lambda: NameIndex[UUID](()))
    places: NameIndex[UUID] = field(default_factory=lambda: NameIndex[UUID](()))
    kinds: NameIndex[str] = field(default_factory=lambda: NameIndex[str](()))
    incidents: Mapping[int, UUID] = field(default_factory=dict)
    zone: ZoneInfo = ORGANISATION_ZONE


@dataclass(frozen=True, slots=True)
class Line:
    """A line as read: its parts and problems in the order typed, and the text that remains."""

    parts: tuple[Part, ...]
    problems: tuple[Problem, ...]
    text: str

    def first(self, kind: type[P]) -> P | None:
        """Return the first part of a kind: `line.first(TimePart)`."""
        return next((part for part in self.parts if isinstance(part, kind)), None)
