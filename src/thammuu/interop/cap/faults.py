"""What can be wrong with a message from outside, said so that the sender can put it right.

A fault names itself (a stable code), the element, by its path, and the line. The sentences are English message ids
of the package's catalogue: `Fault.say` takes the translating function, so that the codec itself needs no framework.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from lxml import etree


def gettext_noop(message: str) -> str:
    """Mark a sentence for the catalogue without translating it yet."""
    return message


SENTENCES: Mapping[str, str] = {
    # the file as a whole
    "empty": gettext_noop("The file is empty."),
    "too-large": gettext_noop("The file has {size} bytes; at most {limit} are read."),
    "too-costly": gettext_noop("Reading the file takes more time or memory than one file may."),
    "unreadable": gettext_noop("The reader could not cope with the file; nothing of it was taken in."),
    "compressed": gettext_noop("The file is a compressed archive ({kind}); unpack it first."),
    "not-text": gettext_noop("The file is not XML: it holds bytes that no text has."),
    "encoding-unknown": gettext_noop("The declared encoding “{encoding}” is not one that is read."),
    "encoding-broken": gettext_noop("A byte sequence is not valid {encoding}."),
    "doctype": gettext_noop(
        "The file declares a document type (DOCTYPE); such files are refused, "
        "because entities can be used to attack the reader."
    ),
    "too-deep": gettext_noop("Elements stand in elements more than {limit} deep; such files are not read."),
    "text-too-long": gettext_noop("A single text or attribute is longer than the reader takes (10 million bytes)."),
    "not-xml": gettext_noop("The file is not well-formed XML: {detail}."),
    "too-many-alerts": gettext_noop("The file holds more than {limit} alerts."),
    "no-alert": gettext_noop("The file holds no CAP alert: its root element is “{root}”."),
    "index-only": gettext_noop(
        "The file is a feed that only links to alerts and holds none itself; fetch the alerts that it links to."
    ),
    "no-namespace": gettext_noop("The alert has no namespace, so its version of CAP cannot be known."),
    "namespace-unknown": gettext_noop("The namespace “{namespace}” is not one of CAP 1.0, 1.1 or 1.2."),
    "alert-name": gettext_noop("The element is called “{name}”; in CAP it is called “alert”."),
    "content-not-base64": gettext_noop("The enclosed content is not valid base64."),
    "content-nested": gettext_noop("Content is enclosed in content more than {limit} times."),
    # structure: what the schema of the version says
    "element-unexpected": gettext_noop("“{name}” is not expected here; expected: {expected}."),
    "element-missing": gettext_noop("“{name}” is missing."),
    "element-repeated": gettext_noop("“{name}” may stand here once only."),
    "element-foreign": gettext_noop("“{name}” does not belong to CAP."),
    "attribute": gettext_noop("The attribute “{name}” is not allowed."),
    "type-substituted": gettext_noop("The attribute xsi:type may not change the type of an element."),
    "text-unexpected": gettext_noop("Text stands between the elements: “{value}”."),
    "children-unexpected": gettext_noop("“{name}” holds text only, but has elements in it."),
    "value-not-listed": gettext_noop("“{value}” is not one of: {allowed}."),
    "value-spaced": gettext_noop("“{value}” has white space around it, which may not stand in “{name}”."),
    "time-form": gettext_noop(
        "“{value}” is not a time of the form 2026-01-31T08:05:00+07:00 "
        "(“Z” and fractions of a second are not allowed in CAP 1.2)."
    ),
    "time-form-old": gettext_noop("“{value}” is not a date and time."),
    "language-form": gettext_noop("“{value}” is not a language code."),
    "uri-form": gettext_noop("“{value}” is not a URI."),
    "integer-form": gettext_noop("“{value}” is not a whole number."),
    "decimal-form": gettext_noop("“{value}” is not a decimal number."),
    # meaning: what the standard says beyond its schema
    "blank": gettext_noop("The element “{name}” is empty."),
    "identifier-characters": gettext_noop(
        "“{value}” holds a space, a comma, “<” or “&”, which may not stand in “{name}”."
    ),
    "identity-long": gettext_noop("“{name}” has {size} bytes; at most {limit} are taken."),
    "zone-missing": gettext_noop("“{value}” has no time zone, so the moment cannot be known."),
    "time-range": gettext_noop("“{value}” lies outside the years that can be told."),
    "time-left-out": gettext_noop("“{value}” lies outside the years that can be told and is left out."),
    "restriction-missing": gettext_noop("The scope is Restricted, but “restriction” is missing or empty."),
    "addresses-missing": gettext_noop("The scope is Private, but “addresses” is missing or empty."),
    "references-missing": gettext_noop("The message is of the type {type}, but “references” is missing or empty."),
    "reference-form": gettext_noop("“{value}” is not a reference of the form sender,identifier,sent."),
    "reference-self": gettext_noop("The message refers to itself."),
    "reference-later": gettext_noop("The message refers to one that was sent later: {value}."),
    "info-missing": gettext_noop("The message has no “info” block: nothing says what happened."),
    "point-form": gettext_noop("“{value}” is not a point of the form latitude,longitude."),
    "latitude-range": gettext_noop("The latitude {value} is not between −90 and 90."),
    "latitude-swapped": gettext_noop(
        "The latitude {value} is not between −90 and 90; perhaps latitude and longitude are exchanged in “{point}”."
    ),
    "longitude-range": gettext_noop("The longitude {value} is not between −180 and 180."),
    "polygon-short": gettext_noop("The polygon has {count} points; it needs at least 4."),
    "polygon-open": gettext_noop("The polygon is not closed: its first and last points differ."),
    "polygon-flat": gettext_noop("The polygon encloses no area: all its points lie on one line."),
    "polygon-crosses": gettext_noop("The outline of the polygon crosses itself near {point}; it is drawn as it came."),
    "circle-form": gettext_noop("“{value}” is not a circle of the form latitude,longitude radius."),
    "radius-negative": gettext_noop("The radius {value} is negative."),
    "radius-range": gettext_noop("The radius of {value} km is larger than the Earth."),
    "geometry-empty": gettext_noop("“{name}” is empty and is left out."),
    "expires-early": gettext_noop("The alert expires at {expires}, not after it was sent ({sent})."),
    "expires-before-onset": gettext_noop("The alert expires at {expires}, before its onset ({onset})."),
    "expires-before-effective": gettext_noop("The alert expires at {expires}, before it takes effect ({effective})."),
    "sent-future": gettext_noop("The alert says that it was sent at {sent}, later than it came in."),
    "ceiling-alone": gettext_noop("“ceiling” is given without “altitude”."),
    "ceiling-low": gettext_noop("“ceiling” ({ceiling}) is below “altitude” ({altitude})."),
    "size-negative": gettext_noop("The size {value} is negative."),
    "base64": gettext_noop("“derefUri” is not valid base64; the enclosed file is left out."),
    "restriction-unused": gettext_noop("“restriction” is given, but the scope is {scope}."),
    "spaces-around": gettext_noop("“{name}” has white space around it; it is read without."),
    "declaration-late": gettext_noop("The XML declaration is not at the very beginning of its document."),
    "envelope-status": gettext_noop(
        "The envelope says {envelope}, the alert says {alert}: it is treated as {envelope}."
    ),
    # taking in: what is known of the messages that came before
    "identity-taken": gettext_noop("Another message with the identity “{value}” was taken in before; that one stands."),
    "reference-sender": gettext_noop("A reference to a message of another sender ({value}) changes nothing."),
    "reference-mark": gettext_noop("An exercise or a test changes no real alert, nor a real one an exercise: {value}."),
}


class Fault(NamedTuple):
    """One thing wrong: `path` like `alert/info[2]/severity` (empty: the file), `line` counted from 1 (0: unknown)."""

    code: str
    path: str
    line: int
    details: Mapping[str, str]

    def say(self, translate: Callable[[str], str] = str) -> str:
        """The sentence, without the place."""
        return translate(SENTENCES[self.code]).format(**self.details)


def fault(code: str, path: str = "", line: int = 0, **details: object) -> Fault:
    """A fault whose details are cut to a length that fits on a line."""
    return Fault(code, path, line, {key: shorten(str(value)) for key, value in details.items()})


def line_of(node: etree._Element) -> int:
    """The line on which the element begins, 0 where it is not known."""
    line: object = node.sourceline
    return line if isinstance(line, int) else 0


def shorten(value: str, length: int = 80) -> str:
    """One line of at most `length` characters."""
    line = " ".join(value.split())
    return line if len(line) <= length else line[: length - 1] + "…"
