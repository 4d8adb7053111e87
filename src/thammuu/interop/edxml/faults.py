"""What can be wrong with a file of edXML, said so that the sender can put it right: what, at which element, on which
line. What concerns the file as a whole is worded as for alerts.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from thammuu.interop.cap.faults import SENTENCES as COMMON
from thammuu.interop.cap.faults import gettext_noop, shorten

_OF_FILES = (
    "empty", "too-large", "too-costly", "unreadable", "compressed", "not-text", "encoding-unknown", "encoding-broken",
    "doctype", "too-deep", "not-xml",
)  # fmt: skip
SENTENCES: Mapping[str, str] = {
    **{code: COMMON[code] for code in _OF_FILES},
    "too-many-elements": gettext_noop("The file has more than {limit} elements."),
    "not-edxml": gettext_noop("The file is no edXML: its root element is “{root}”."),
    "namespace": gettext_noop("The namespace “{namespace}” is not that of QCVN 102:2016."),
    "no-message": gettext_noop("The envelope holds neither a document (MessageHeader) nor a status (Status)."),
    "two-messages": gettext_noop("The envelope holds both a document and a status."),
    "missing": gettext_noop("“{name}” is missing or empty."),
    "repeated": gettext_noop("“{name}” may stand here once only."),
    "nested": gettext_noop("“{name}” holds text only, but has elements in it."),
    "text-long": gettext_noop("“{name}” has more than {limit} characters."),
    "whole": gettext_noop("“{value}” is no whole number from 0 to 999,999."),
    "flag": gettext_noop("“{value}” is neither yes nor no (1, 0, true, false)."),
    "day": gettext_noop("“{value}” is no day of the form 2026/01/31."),
    "moment": gettext_noop("“{value}” is no time of the form 2026/01/31 08:05:00."),
    "choice": gettext_noop("“{value}” is not one of: {allowed}."),
    "target": gettext_noop("The message is of the business type {type}, but names no document that it changes."),
    "attachment-base64": gettext_noop("The content of the attachment “{name}” is no valid base64."),
    "attachment-size": gettext_noop("The attachment “{name}” has {size} bytes; at most {limit} are taken."),
    "attachment-many": gettext_noop("There are more than {limit} attachments."),
    "attachment-missing": gettext_noop("The attachment “{name}” is announced, but not enclosed."),
    "attachment-twice": gettext_noop("Two attachments have the same ContentId “{name}”."),
    "attachment-stray": gettext_noop("The attachment “{name}” is enclosed, but not announced."),
    "unknown": gettext_noop("“{name}” is not known here and was passed over."),
    "no-reason": gettext_noop("A refusal should say why."),
}


class Fault(NamedTuple):
    """One thing wrong: `path` like `MessageHeader/To[2]/OrganId` (empty: the file), `line` from 1 (0: unknown)."""

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
