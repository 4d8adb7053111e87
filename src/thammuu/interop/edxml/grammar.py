"""The elements of edXML and where each goes: one table, from which messages are read and written.

The spelling “Bussiness” is the standard's own; the right one is read too, since some senders use it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

from thammuu.interop.edxml import message as m

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MOST_SIGNS = 100_000

_DAY = re.compile(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?")
_MOMENT = re.compile(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})[ T](\d{1,2}):(\d{2})(?::(\d{2}))?")
_FLAGS = {"1": True, "true": True, "0": False, "false": False}
_MOST_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Value:
    """A text and what it means. `parse` raises `ValueError`; then the fault has the code."""

    code: str
    parse: Callable[[str], Any]
    print: Callable[[Any], str] = str
    allowed: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """An element and the attribute that it fills; `path` leads to it through elements that only hold it together."""

    path: str
    attribute: str
    value: "Value | Struct"
    required: bool = False
    many: bool = False


@dataclass(frozen=True, slots=True)
class Struct:
    """An element with elements in it, and the class that it makes."""

    make: Callable[..., Any]
    fields: Sequence[Field]


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS):
        raise ValueError(text)
    return int(text)


def _flag(text: str) -> bool:
    try:
        return _FLAGS[text.lower()]
    except KeyError:
        raise ValueError(text) from None


def _day(text: str) -> date:
    match = _DAY.fullmatch(text)
    if match is None:
        raise ValueError(text)
    return date(*map(int, match.groups()))


def _moment(text: str) -> datetime:
    match = _MOMENT.fullmatch(text)
    if match is None:
        raise ValueError(text)
    return datetime(*(int(part or 0) for part in match.groups()), tzinfo=ZONE)  # type: ignore[misc,arg-type]  # six fields by the pattern


def _choice(kind: type[Enum], parse: Callable[[str], Any]) -> Value:
    return Value(
        "choice",
        lambda text: kind(parse(text)),
        lambda value: str(value.value),
        ", ".join(str(each.value) for each in kind),
    )


TEXT = Value("text-long", str)
WHOLE = Value("whole", _whole)
FLAG = Value("flag", _flag, lambda value: str(int(value)))
DAY = Value("day", _day, lambda value: f"{value:%Y/%m/%d}" if value.year > 999 else f"{value.year:04}{value:/%m/%d}")
MOMENT = Value("moment", _moment, lambda value: f"{value.year:04}{value.astimezone(ZONE):/%m/%d %H:%M:%S}")

ORGAN = Struct(
    m.Organ,
    (
        Field("OrganId", "id", TEXT, required=True),
        Field("OrganizationInCharge", "in_charge", TEXT),
        Field("OrganName", "name", TEXT),
        Field("OrganAdd", "address", TEXT),
        Field("Email", "email", TEXT),
        Field("Telephone", "telephone", TEXT),
        Field("Fax", "fax", TEXT),
        Field("Website", "website", TEXT),
    ),
)
RESPONSE = Struct(
    m.ResponseFor,
    (
        Field("OrganId", "organ", TEXT, required=True),
        Field("Code", "code", TEXT),
        Field("PromulgationDate", "day", DAY),
        Field("DocumentId", "document", TEXT),
    ),
)
CODE = Struct(
    m.Code,
    (Field("CodeNumber", "number", TEXT, required=True), Field("CodeNotation", "notation", TEXT, required=True)),
)
PROMULGATION = Struct(
    m.Promulgation, (Field("Place", "place", TEXT), Field("PromulgationDate", "day", DAY, required=True))
)
DOCUMENT_TYPE = Struct(
    m.DocumentType,
    (
        Field("Type", "type", WHOLE, required=True),
        Field("TypeDetail", "detail", WHOLE),
        Field("TypeName", "name", TEXT),
    ),
)
SIGNER = Struct(
    m.Signer,
    (
        Field("Competence", "competence", TEXT),
        Field("Position", "position", TEXT),
        Field("FullName", "name", TEXT),
    ),
)
OTHER = Struct(
    m.OtherInfo,
    (
        Field("Priority", "priority", WHOLE),
        Field("SphereOfPromulgation", "sphere", TEXT),
        Field("TyperNotation", "typist", TEXT),
        Field("PromulgationAmount", "copies", WHOLE),
        Field("PageAmount", "pages", WHOLE),
        Field("Direction", "direction", FLAG),
        Field("Appendixes/Appendix", "appendixes", TEXT, many=True),
    ),
)
HEADER = Struct(
    m.Document,
    (
        Field("From", "sender", ORGAN, required=True),
        Field("To", "receivers", ORGAN, required=True, many=True),
        Field("Code", "code", CODE, required=True),
        Field("PromulgationInfo", "promulgation", PROMULGATION, required=True),
        Field("DocumentType", "type", DOCUMENT_TYPE),
        Field("Subject", "subject", TEXT, required=True),
        Field("Content", "content", TEXT),
        Field("SignerInfo", "signer", SIGNER),
        Field("DueDate", "due", DAY),
        Field("ToPlaces/Place", "places", TEXT, many=True),
        Field("OtherInfo", "other", OTHER),
        Field("ResponseFor", "responses", RESPONSE, many=True),
        Field("SteeringType", "steering", WHOLE),
        Field("DocumentId", "id", TEXT, required=True),
    ),
)
REPLACEMENT = Struct(
    m.Replacement,
    (Field("DocumentId", "document", TEXT, required=True), Field("OrganIdList/OrganId", "organs", TEXT, many=True)),
)
PURPOSE = Struct(
    m.Purpose,
    (
        Field("BussinessDocType", "business", _choice(m.Business, _whole), required=True),
        Field("BussinessDocReason", "reason", TEXT),
        Field("DocumentId", "document", TEXT),
        Field("StaffInfo/Department", "department", TEXT),
        Field("Paper", "paper", FLAG),
        Field("ReplacementInfoList/ReplacementInfo", "replaced", REPLACEMENT, many=True),
    ),
)
TRACE = Struct(
    m.Trace, (Field("OrganId", "organ", TEXT, required=True), Field("Timestamp", "at", MOMENT, required=True))
)
TRACES = Struct(
    dict,
    (Field("TraceHeader", "traces", TRACE, many=True), Field("Bussiness", "purpose", PURPOSE)),
)
STATUS = Struct(
    m.StatusReport,
    (
        Field("ResponseFor", "about", RESPONSE, required=True),
        Field("From", "sender", ORGAN, required=True),
        Field("StatusCode", "status", _choice(m.Status, lambda text: f"{_whole(text):02}"), required=True),
        Field("Description", "description", TEXT),
        Field("Timestamp", "at", MOMENT, required=True),
        Field("StaffInfo/Department", "department", TEXT),
    ),
)
REFERENCE = Struct(
    dict,
    (
        Field("ContentId", "id", TEXT, required=True),
        Field("ContentType", "type", TEXT),
        Field("AttachmentName", "name", TEXT),
        Field("Description", "description", TEXT),
    ),
)
