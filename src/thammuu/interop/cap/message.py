"""A CAP alert as values: times with their zone, points as (latitude, longitude) in degrees, radii in kilometres."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

Point = tuple[float, float]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Pair(_Frozen):
    """A code of a named list; in CAP 1.0, where both are one text `name=value`, taken apart at the first “=”."""

    name: str
    value: str


class Circle(_Frozen):
    """Centre and radius in kilometres; a radius of 0 is a point."""

    centre: Point
    radius: float


class Area(_Frozen):
    """A place: said in words, and drawn where the sender drew it. Heights in feet above mean sea level."""

    description: str
    polygons: tuple[tuple[Point, ...], ...] = ()
    circles: tuple[Circle, ...] = ()
    geocodes: tuple[Pair, ...] = ()
    altitude: str = ""
    ceiling: str = ""


class Resource(_Frozen):
    """A file that belongs to the alert. What is enclosed in the message stays in the message that is kept aside."""

    description: str
    mime_type: str = ""
    size: int | None = None
    uri: str = ""
    enclosed: bool = False
    digest: str = ""


class Info(_Frozen):
    """What happened, in one language."""

    language: str = "en-US"
    categories: tuple[str, ...] = ()
    event: str
    responses: tuple[str, ...] = ()
    urgency: str
    severity: str
    certainty: str
    audience: str = ""
    event_codes: tuple[Pair, ...] = ()
    effective: datetime | None = None
    onset: datetime | None = None
    expires: datetime | None = None
    sender_name: str = ""
    headline: str = ""
    description: str = ""
    instruction: str = ""
    web: str = ""
    contact: str = ""
    parameters: tuple[Pair, ...] = ()
    resources: tuple[Resource, ...] = ()
    areas: tuple[Area, ...] = ()


class Reference(_Frozen):
    """An earlier message. CAP 1.0 may leave out its sender or its time; then the sender is this message's own."""

    sender: str
    identifier: str
    sent: datetime | None = None


class Alert(_Frozen):
    """One message. `signed` says that it carries a signature, not that the signature was verified."""

    version: str
    identifier: str
    sender: str
    sent: datetime
    status: str
    message_type: str
    scope: str
    source: str = ""
    restriction: str = ""
    addresses: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    note: str = ""
    references: tuple[Reference, ...] = ()
    incidents: tuple[str, ...] = ()
    infos: tuple[Info, ...] = ()
    signed: bool = False
