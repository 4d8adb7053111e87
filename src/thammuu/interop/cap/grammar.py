"""The three versions of CAP as data: which elements follow which, how often, and what each holds.

Source: the OASIS schemas of CAP 1.2 (2010) and 1.1 (2005) and the schema of CAP 1.0 (2004); the order of the
children is the order of the standard. Every content model of CAP is a plain sequence, so a tuple tells it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from thammuu.interop.cap import lexical

CAP_10 = "http://www.incident.com/cap/1.0"
CAP_11 = "urn:oasis:names:tc:emergency:cap:1.1"
CAP_12 = "urn:oasis:names:tc:emergency:cap:1.2"
SIGNATURE = "http://www.w3.org/2000/09/xmldsig#"
MANY = 1 << 30


@dataclass(frozen=True)
class Value:
    """What a simple element holds: `allowed` values exactly, or a form that `check` knows; neither: any text."""

    allowed: tuple[str, ...] = ()
    check: Callable[[str], bool] | None = None
    code: str = ""
    base: str = "string"


@dataclass(frozen=True)
class Element:
    """An element by its local name: simple (`value`) or a sequence of `children`."""

    name: str
    least: int = 1
    most: int = 1
    value: Value | None = None
    children: tuple["Element", ...] = field(default=(), repr=False)
    signed: bool = False


TEXT = Value()
TIME_12 = Value(check=lexical.is_cap_time, code="time-form", base="dateTime")
TIME_OLD = Value(check=lexical.is_date_time, code="time-form-old", base="dateTime")
LANGUAGE = Value(check=lexical.is_language, code="language-form", base="language")
URI = Value(check=lexical.is_uri, code="uri-form", base="anyURI")
INTEGER = Value(check=lexical.is_integer, code="integer-form", base="integer")
DECIMAL = Value(check=lexical.is_decimal, code="decimal-form", base="decimal")

STATUS = ("Actual", "Exercise", "System", "Test", "Draft")
MESSAGE_TYPE = ("Alert", "Update", "Cancel", "Ack", "Error")
SCOPE = ("Public", "Restricted", "Private")
CATEGORY = (
    "Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport", "Infra", "CBRNE",
    "Other",
)  # fmt: skip
RESPONSE = ("Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear", "None")
URGENCY = ("Immediate", "Expected", "Future", "Past", "Unknown")
SEVERITY = ("Extreme", "Severe", "Moderate", "Minor", "Unknown")
CERTAINTY = ("Observed", "Likely", "Possible", "Unlikely", "Unknown")


def one(name: str, value: Value = TEXT) -> Element:
    """Exactly once."""
    return Element(name, value=value)


def maybe(name: str, value: Value = TEXT) -> Element:
    """At most once."""
    return Element(name, least=0, value=value)


def any_number(name: str, value: Value | None = TEXT, children: tuple[Element, ...] = ()) -> Element:
    """None, one or many."""
    return Element(name, least=0, most=MANY, value=value, children=children)


def _listed(*allowed: str) -> Value:
    return Value(allowed=allowed, code="value-not-listed")


def _pairs(name: str) -> Element:
    """`valueName` and `value`, as 1.1 and 1.2 write codes; 1.0 writes them as one text."""
    return any_number(name, None, (one("valueName"), one("value")))


def _alert_12() -> Element:
    area = (
        one("areaDesc"), any_number("polygon"), any_number("circle"), _pairs("geocode"),
        maybe("altitude", DECIMAL), maybe("ceiling", DECIMAL),
    )  # fmt: skip
    resource = (
        one("resourceDesc"), one("mimeType"), maybe("size", INTEGER), maybe("uri", URI),
        maybe("derefUri"), maybe("digest"),
    )  # fmt: skip
    return _alert(
        time=TIME_12, status=STATUS, category=Element("category", 1, MANY, _listed(*CATEGORY)),
        response=RESPONSE,
        certainty=CERTAINTY, code=_pairs, resource=resource, area=area,
    )  # fmt: skip


def _alert_11() -> Element:
    area = (
        one("areaDesc"), any_number("polygon"), any_number("circle"), _pairs("geocode"),
        maybe("altitude"), maybe("ceiling"),
    )  # fmt: skip
    resource = (
        one("resourceDesc"), maybe("mimeType"), maybe("size", INTEGER), maybe("uri", URI),
        maybe("derefUri"), maybe("digest"),
    )  # fmt: skip
    response = tuple(item for item in RESPONSE if item not in {"Avoid", "AllClear"})
    return _alert(
        time=TIME_OLD, status=STATUS, category=Element("category", 1, MANY, _listed(*CATEGORY)),
        response=response,
        certainty=CERTAINTY, code=_pairs, resource=resource, area=area,
    )  # fmt: skip


def _alert_10() -> Element:
    area = (
        one("areaDesc"), any_number("polygon"), any_number("circle"), any_number("geocode"),
        maybe("altitude"), maybe("ceiling"),
    )  # fmt: skip
    resource = (
        one("resourceDesc"), maybe("mimeType"), maybe("size", INTEGER), maybe("uri", URI), maybe("digest"),
    )  # fmt: skip
    category = any_number("category", _listed(*(item for item in CATEGORY if item != "CBRNE")))
    return _alert(
        time=TIME_OLD, status=STATUS[:-1], category=category, response=(), certainty=("Very Likely",
        *CERTAINTY[1:]),
        code=any_number, resource=resource, area=area, old=True,
    )  # fmt: skip


def _alert(
    *,
    time: Value,
    status: tuple[str, ...],
    category: Element,
    response: tuple[str, ...],
    certainty: tuple[str, ...],
    code: Callable[[str], Element],
    resource: tuple[Element, ...],
    area: tuple[Element, ...],
    old: bool = False,
) -> Element:
    info = (
        maybe("language", LANGUAGE), category, one("event"),
        *((any_number("responseType", _listed(*response)),) if response else ()),
        one("urgency", _listed(*URGENCY)), one("severity", _listed(*SEVERITY)), one("certainty",
        _listed(*certainty)),
        maybe("audience"), code("eventCode"), maybe("effective", time), maybe("onset", time),
        maybe("expires", time),
        maybe("senderName"), maybe("headline"), maybe("description"), maybe("instruction"), maybe("web", URI),
        maybe("contact"), code("parameter"), any_number("resource", None, resource), any_number("area",
        None, area),
    )  # fmt: skip
    children = (
        one("identifier"), one("sender"), one("sent", time), one("status", _listed(*status)),
        one("msgType", _listed(*MESSAGE_TYPE)), *((maybe("password"),) if old else ()), maybe("source"),
        (maybe if old else one)("scope", _listed(*SCOPE)), maybe("restriction"), maybe("addresses"),
        any_number("code"), maybe("note"), maybe("references"), maybe("incidents"), any_number("info", None,
        info),
    )  # fmt: skip
    return Element("alert", children=children, signed=True)


ALERT = {CAP_12: _alert_12(), CAP_11: _alert_11(), CAP_10: _alert_10()}
VERSION = {CAP_12: "1.2", CAP_11: "1.1", CAP_10: "1.0"}
# Elements that a schema declares for itself: wherever a signature encloses one of them, it must be valid too.
LOOSE = {CAP_12: ("value", "valueName"), CAP_11: ("value", "valueName"), CAP_10: ()}
LOOSE_ELEMENT = one("value")
