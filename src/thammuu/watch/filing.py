"""From what an officer typed to an entry in the duty log: the same for the form, the script and the fast path."""

import hashlib
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from thammuu.journal.recording import Recorded, Submission
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor, Scope
from thammuu.kernel.errors import BadInput, Refused, require
from thammuu.kernel.names import NameIndex
from thammuu.kernel.text import LookAlike, clean
from thammuu.org import directory
from thammuu.org import queries as org
from thammuu.org.unit_names import unit_names
from thammuu.paper.intake import Kept, Upload, take_in
from thammuu.ui.ages import skew_text
from thammuu.watch import actions, policies, queries
from thammuu.watch.command_bar import parse
from thammuu.watch.command_parts import (
    IncidentPart,
    KindPart,
    Line,
    PlacePart,
    Problem,
    Reason,
    TimePart,
    UnitPart,
    Vocabulary,
)
from thammuu.watch.geometry import middle
from thammuu.watch.orders.line import after_sign, is_order, order_line
from thammuu.watch.rules import LOG_KIND_WORDS, LogKind

PLACES_KEPT_SECONDS = 5.0
MOST_FILES = 10


@dataclass(frozen=True, slots=True)
class Typed:
    """What arrives from a form or a script; `submission` is the client's own id of this sending."""

    text: str
    submission: UUID | None = None
    incident: UUID | None = None
    classification: int = 0
    event: UUID | None = None
    uploads: tuple[Upload, ...] = ()


def _sending(typed: Typed, files: Sequence[Kept]) -> Submission | None:
    if typed.submission is None:
        return None
    said = "\x1f".join(
        [typed.text, str(typed.incident), *_level(typed), *(f"{file.digest} {file.name}" for file in files)]
    )
    return Submission(typed.submission, hashlib.sha256(said.encode()).digest())


def _level(typed: Typed) -> list[str]:
    level = [f"level {typed.classification}"] if typed.classification else []
    return [*level, f"event {typed.event}"] if typed.event else level


class _Incidents(Mapping[int, UUID]):
    """Open incidents by number, read only if a line names one."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._found: dict[int, UUID] | None = None

    def _read(self) -> dict[int, UUID]:
        if self._found is None:
            self._found = queries.incident_numbers(self._actor)
        return self._found

    def __getitem__(self, number: int) -> UUID:
        return self._read()[number]

    def __iter__(self) -> Iterator[int]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())


def read_line(actor: Actor, now: datetime, text: str) -> Line:
    """Return the line as the command bar understands it for this actor."""
    vocabulary = Vocabulary(
        units=unit_names(directory.current(), actor.scope),
        places=_places_of(actor).names,
        kinds=_kind_names(),
        incidents=_Incidents(actor),
    )
    return parse(text, vocabulary, now)


def file_line(*, actor: Actor, now: datetime, typed: Typed) -> Recorded:
    """File what was typed, with its files; what begins with ">" is given as an order instead.

    Raises `BadInput` naming the first thing that does not exist, or the file that cannot be taken; nothing is filed
    then.
    """
    try:
        text = clean(typed.text)
    except LookAlike as error:
        raise BadInput("text", _("There is a look-alike letter: {fault}.").format(fault=error)) from error
    ordered = is_order(text)
    line = read_line(actor, now, after_sign(text)[0] if ordered else text)
    for problem in line.problems:
        if problem.blocks:
            raise BadInput("text", _what_is_wrong(problem, actor, now))
    if ordered:
        return _order(actor, now, line, typed)
    at, unit = line.first(TimePart), line.first(UnitPart)
    place, kind, incident = line.first(PlacePart), line.first(KindPart), line.first(IncidentPart)
    concerned = unit.unit if unit else actor.unit
    if concerned is None:
        raise Refused(_("Your account holds no post today, so it has no log to write in."))
    require(policies.may_write_log(actor, concerned, event=typed.event, classification=typed.classification))
    if typed.event is not None and all(typed.event != event.id for event in org.events(actor)):
        raise BadInput("event", _("There is no such event, or your post does not see it."))
    if len(typed.uploads) > MOST_FILES:
        raise BadInput("files", _("At most {most} files go with one entry.").format(most=MOST_FILES))
    files = [take_in(upload) for upload in typed.uploads]
    lat, lon = _point(actor, place)
    return actions.write_log_entry(
        actor=actor,
        now=now,
        at=at.at if at else now,
        text=line.text,
        unit=concerned,
        kind=kind.kind if kind else LogKind.NOTE,
        place_text=place.text if place else "",
        lat=lat,
        lon=lon,
        incident=typed.incident or (incident.incident if incident else None),
        files=files,
        event=typed.event,
        classification=typed.classification,
        submission=_sending(typed, files),
    )


def _order(actor: Actor, now: datetime, line: Line, typed: Typed) -> Recorded:
    if typed.uploads:
        raise BadInput("files", _("No file goes with an order; file it with a log entry of the incident."))
    return order_line(
        actor=actor,
        now=now,
        line=line,
        incident=typed.incident,
        event=typed.event,
        classification=typed.classification,
        submission=_sending(typed, ()),
    )


def _what_is_wrong(problem: Problem, actor: Actor, now: datetime) -> str:
    """Return what cannot be taken. A time that has not come may have been read off a device that is ahead."""
    said = _(problem.message).format(**problem.values)
    if problem.reason is not Reason.NOT_YET or actor.device_at is None:
        return said
    server = _("the server’s says {time}").format(time=clock.format_time(now))
    return f"{said} {skew_text(actor.device_at, now)}; {server}."


@dataclass(frozen=True, slots=True)
class _Places:
    """The drawings on an actor's map by name, and the latitude and longitude of their middles."""

    names: NameIndex[UUID]
    points: Mapping[UUID, tuple[float, float]]


_places: dict[Scope, tuple[float, _Places]] = {}
_kinds: NameIndex[str] | None = None


def forget_places() -> None:
    """Drop the names of places held in memory: something was drawn or taken off the map."""
    _places.clear()


def _point(actor: Actor, place: PlacePart | None) -> tuple[float | None, float | None]:
    if place is None:
        return None, None
    if place.place is not None:
        return _places_of(actor).points.get(place.place, (None, None))
    return place.latitude, place.longitude


def _places_of(actor: Actor) -> _Places:
    held = _places.get(actor.scope)
    if held is None or time.monotonic() - held[0] > PLACES_KEPT_SECONDS:
        drawn = queries.drawings(actor)
        names = NameIndex((drawing.id, (drawing.name,)) for drawing in drawn)
        points = {drawing.id: middle(drawing.geometry) for drawing in drawn}
        if len(_places) > 200:
            _places.clear()
        held = _places[actor.scope] = (time.monotonic(), _Places(names, points))
    return held[1]


def _kind_names() -> NameIndex[str]:
    global _kinds
    if _kinds is None:
        vietnamese = {
            LogKind.NOTE: ("ghi chú",),
            LogKind.REPORT: ("báo cáo",),
            LogKind.REQUEST: ("yêu cầu", "đề nghị"),
            LogKind.ORDER: ("mệnh lệnh", "lệnh"),
            LogKind.CONTACT: ("liên lạc",),
            LogKind.EQUIPMENT: ("thiết bị",),
        }
        _kinds = NameIndex((str(kind), (str(kind), *vietnamese[LogKind(kind)])) for kind in LOG_KIND_WORDS)
    return _kinds
