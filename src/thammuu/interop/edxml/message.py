"""The two messages of edXML as values: a document on its way, and what became of one. Names follow the standard.

Days are days; instants have the zone of Vietnam, which the standard does not write. What describes a clerk (the staff
behind a message, with telephone and e-mail) is neither read nor written.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum


class Business(IntEnum):
    """What a document does to an earlier one (BussinessDocType)."""

    NEW = 0
    REVOKE = 1
    UPDATE = 2
    REPLACE = 3


class Status(StrEnum):
    """What became of a document where it was sent to (StatusCode)."""

    ARRIVED = "01"
    REFUSED = "02"
    ACCEPTED = "03"
    ASSIGNED = "04"
    PROCESSING = "05"
    FINISHED = "06"
    TAKE_BACK = "13"
    TAKE_BACK_AGREED = "15"
    TAKE_BACK_REFUSED = "16"


@dataclass(frozen=True, slots=True)
class Organ:
    """An office that sends or receives; `id` is its code in the national list of offices."""

    id: str
    name: str = ""
    in_charge: str = ""
    address: str = ""
    email: str = ""
    telephone: str = ""
    fax: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """Number and symbol: 15 and "CT-BCA"."""

    number: str
    notation: str


@dataclass(frozen=True, slots=True)
class Promulgation:
    """Where and on which day a document was issued."""

    day: date
    place: str = ""


@dataclass(frozen=True, slots=True)
class DocumentType:
    """What kind of document it is: 1 legal, 2 administrative; its number in the list of that kind, and its name."""

    type: int
    detail: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed: in which capacity ("KT. BỘ TRƯỞNG"), with which post, and under which name."""

    competence: str = ""
    position: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class OtherInfo:
    """How it is sent and printed. `priority` is 0 normal to 3 most urgent."""

    priority: int | None = None
    sphere: str = ""
    typist: str = ""
    copies: int | None = None
    pages: int | None = None
    direction: bool | None = None
    appendixes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResponseFor:
    """The document that this one answers, or that a status speaks of."""

    organ: str
    code: str = ""
    day: date | None = None
    document: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """Through which office it came, and when."""

    organ: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Replacement:
    """A document that is replaced, and the offices for which it is."""

    document: str
    organs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Purpose:
    """What the document does: something new, or something to the earlier `document`, with the reason.

    `paper`: one on paper follows. `department` is the part of the office that sends it.
    """

    business: Business = Business.NEW
    reason: str = ""
    paper: bool | None = None
    document: str = ""
    department: str = ""
    replaced: tuple[Replacement, ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels with a document, as it came; some senders pack theirs into a ZIP."""

    id: str
    name: str
    content: bytes
    type: str = "application/octet-stream"
    description: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document on its way. `signed` says that the message carries a signature, not that it was verified."""

    sender: Organ
    receivers: tuple[Organ, ...]
    id: str
    code: Code
    promulgation: Promulgation
    subject: str
    type: DocumentType | None = None
    content: str = ""
    signer: Signer | None = None
    due: date | None = None
    places: tuple[str, ...] = ()
    other: OtherInfo | None = None
    responses: tuple[ResponseFor, ...] = ()
    steering: int | None = None
    traces: tuple[Trace, ...] = ()
    purpose: Purpose = Purpose()
    attachments: tuple[Attachment, ...] = ()
    signed: bool = False


@dataclass(frozen=True, slots=True)
class StatusReport:
    """What became of a document: its receiver says it to its sender."""

    about: ResponseFor
    sender: Organ
    status: Status
    at: datetime
    description: str = ""
    department: str = ""
