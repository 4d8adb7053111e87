"""Asks the process apart for the clauses of a file, and words what it left out."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thammuu.kernel.errors import BadInput
from thammuu.paper.clauses import Clause, ClauseKind
from thammuu.paper.reading.lines import Notice, Unread
from thammuu.paper.reasons import reason_of
from thammuu.paper.rules import Unfit, plain_name
from thammuu.paper.sandbox import Broken, Limits, TooMuch, read_apart

MEBIBYTE = 1024 * 1024
LARGEST = 25 * MEBIBYTE
READER = "thammuu.paper.reading.apart:read"
# The text of a PDF costs up to half a second a page on a slow core.
LIMITS = Limits(seconds=240, processor=180, memory=1024 * MEBIBYTE, answer=64 * MEBIBYTE)

SENTENCES = {
    Unread.TABLE: gettext_lazy("Tables were taken row by row, as paragraphs."),
    Unread.PICTURE: gettext_lazy("Pictures were left out."),
    Unread.EQUATION: gettext_lazy("Formulas were left out."),
    Unread.FOOTNOTE: gettext_lazy("Footnotes stand at the end."),
    Unread.COMMENT: gettext_lazy("Comments were left out."),
    Unread.DELETED: gettext_lazy("Tracked changes count as made: what was deleted was left out."),
    Unread.HIDDEN: gettext_lazy("Hidden words were left out."),
    Unread.SYMBOL: gettext_lazy("Signs of symbol fonts were left out."),
    Unread.NUMBERING: gettext_lazy("Automatic numbers of an unknown kind were left out."),
    Unread.ENCLOSED: gettext_lazy("Documents inside the document were left out."),
    Unread.INDEX: gettext_lazy("The table of contents was left out."),
    Unread.PAGE: gettext_lazy("Pages without text, such as scanned ones, were left out."),
    Unread.RUNNING: gettext_lazy("Page numbers and running heads were left out."),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """The clauses of a file, and what was left out of them or changed on the way."""

    clauses: tuple[Clause, ...]
    notices: tuple[Notice, ...] = ()


def read_clauses(name: str, content: bytes) -> Reading:
    """Return the clauses of a DOCX, an ODT, a PDF with text or a plain text, read in the sandbox.

    Raises `BadInput` for `file`, naming it and what may be sent instead.
    """
    shown = plain_name(name)
    if len(content) > LARGEST:
        told = _("“{name}” is larger than {limit} MB, the most that is read.")
        raise BadInput("file", told.format(name=shown, limit=LARGEST // MEBIBYTE))
    try:
        found = read_apart(READER, content, {"name": shown}, LIMITS).value
    except TooMuch:
        raise BadInput("file", reason_of(Unfit.TOO_MUCH).format(name=shown)) from None
    except Broken:
        raise BadInput("file", reason_of(Unfit.DAMAGED).format(name=shown)) from None
    return Reading(
        tuple(Clause(ClauseKind(kind), text, label) for kind, label, text in found["clauses"]),
        tuple(Notice(Unread(what), at, count) for what, at, count in found["notices"]),
    )


def sentence_of(notice: Notice) -> str:
    """Return what the reader is told: what, where first, and how often."""
    where = _("first on page {at}") if notice.what == Unread.PAGE else _("first at paragraph {at}")
    return f"{SENTENCES[notice.what]} ({where.format(at=notice.at)}; {notice.count}×)"
