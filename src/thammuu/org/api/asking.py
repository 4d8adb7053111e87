"""What requests say: texts that can be stored, instants, cursors, and what a sending is called by its client."""

import base64
import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

import orjson
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Header, Query, Schema
from pydantic import AwareDatetime, BaseModel, Field, StringConstraints

from thammuu.journal.recording import Submission
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Refused
from thammuu.kernel.text import LookAlike, clean
from thammuu.org import directory
from thammuu.org.api.problems import Problem

PAGE, MOST = 50, 200
NO_CONTROLS = r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f]*$"
"""Every text but control characters, which no table takes; tabs and line ends are taken."""
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
AHEAD = timedelta(minutes=15)
"""How far another system's clock may be ahead of ours."""

Line = Annotated[str, StringConstraints(pattern=NO_CONTROLS, max_length=500)]
LongText = Annotated[str, StringConstraints(pattern=NO_CONTROLS, max_length=4000)]
Words = Annotated[str, StringConstraints(pattern=NO_CONTROLS, max_length=100)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Instant = AwareDatetime
Key = Annotated[
    UUID,
    Header(
        alias="Idempotency-Key",
        description="A UUID that you make for this sending. Sent again with it, nothing is done twice.",
    ),
]
Cursor = Annotated[
    str,
    Query(
        description="“next” of the page before; empty for the first page", pattern=r"^[A-Za-z0-9_-]*$", max_length=64
    ),
]
Limit = Annotated[int, Query(ge=1, le=MOST, description="So many at most")]

T = TypeVar("T")
M = TypeVar("M", bound=Model)
FAULTS: dict[Any, Any] = {(400, 401, 403, 404, 405, 409, 413, 422, 429): Problem}
"""The responses that every operation declares beside its own."""


class Page(Schema, Generic[T]):
    """A part of a list; `next` is the cursor of the following part, null at the end."""

    items: list[T]
    next: str | None


def sending(request: HttpRequest, key: UUID, said: BaseModel) -> Submission:
    """Return what the client calls this sending, with a digest of what it sends and to where."""
    body = orjson.dumps(said.model_dump(mode="json"), option=orjson.OPT_SORT_KEYS)
    return Submission(key, hashlib.sha256(request.path.encode() + b"\n" + body).digest())


def typed(field: str, text: str) -> str:
    """Return a text as it is stored. Raises `BadInput` for a letter that only looks like a Vietnamese one."""
    try:
        return clean(text)
    except LookAlike as fault:
        raise BadInput(field, _("There is a look-alike letter: {fault}.").format(fault=fault)) from fault


def concerned(actor: Actor, unit: UUID | None) -> UUID:
    """Return the unit that something is about: the one named, else that of the actor's post.

    Raises `BadInput` for one that does not stand today or that the actor does not see, `Refused` without a post.
    """
    if unit is None:
        if actor.unit is None:
            raise Refused(_("Your account holds no post today, so name the unit."))
        return actor.unit
    row = directory.current().units.get(unit)
    if row is None or not row.stands or not actor.scope.knows(unit):
        raise BadInput("unit", _("There is no such unit, or your post may not see it."))
    return unit


def happened(field: str, at: datetime | None, now: datetime) -> datetime:
    """Return when something happened as claimed, `now` if nothing is. Raises `BadInput` for what cannot be."""
    if at is None:
        return now
    try:
        fits = EARLIEST <= at <= now + AHEAD
    except OverflowError:
        fits = False
    if not fits:
        raise BadInput(field, _("The time lies in the future or before the year 2000."))
    return at


def newest_first(
    found: QuerySet[M], cursor: str, limit: int, show: Callable[[Sequence[M]], Sequence[T]]
) -> dict[str, object]:
    """Return a page of rows whose ids grow with time, the newest first, as `show` shows them; one statement and its."""
    if cursor:
        found = found.filter(id__lt=_id_in(cursor))
    rows = list(found.order_by("-id")[: limit + 1])
    following = cursor_of(rows[limit - 1].pk.bytes) if len(rows) > limit else None
    return {"items": show(rows[:limit]), "next": following}


def cursor_of(place: bytes) -> str:
    """Return a place in a list as text for addresses."""
    return base64.urlsafe_b64encode(place).rstrip(b"=").decode()


def place_in(cursor: str, size: int) -> bytes:
    """Return the place that a cursor names, of so many bytes. Raises `BadInput` for one that was not handed out."""
    try:
        place = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    except ValueError:
        place = b""
    if len(place) != size:
        raise BadInput("cursor", _("This cursor was not handed out by this list."))
    return place


def _id_in(cursor: str) -> UUID:
    return UUID(bytes=place_in(cursor, 16))
