"""The text of a file, read to become sections, and held by the page until an officer confirms it: nothing is saved."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core import signing
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from thammuu.directives.documents import labels
from thammuu.directives.documents.actions.importing import sound
from thammuu.directives.documents.kinds import LETTER, Kind
from thammuu.directives.documents.labelling import unlabelled
from thammuu.directives.documents.rules import MOST_SECTIONS
from thammuu.kernel.errors import BadInput
from thammuu.kernel.text import fold
from thammuu.paper.clauses import Clause, ClauseKind
from thammuu.paper.reading import framed, read_clauses
from thammuu.paper.reading.asking import sentence_of
from thammuu.paper.rules import plain_name

MOST_HELD = 2_000_000
"""The most characters that a page sends back; a form may have two and a half million."""

_MOST_OF_FRAME = 60


@dataclass(frozen=True, slots=True)
class FileText:
    """What was read: every clause, the places (from 0) of those that frame the text, what is to be told, the title."""

    name: str
    clauses: tuple[Clause, ...]
    frame: frozenset[int]
    told: tuple[str, ...] = ()
    type: str = ""
    abstract: str = ""

    def without(self, left: Collection[int]) -> list[Clause]:
        """Return the clauses but those that are left out; labels that their places give are left to them."""
        return unlabelled([clause for place, clause in enumerate(self.clauses) if place not in left])


@dataclass(frozen=True, slots=True)
class ReadClause:
    """A clause as the page shows it before it is saved; `fault` says why it cannot be, "" if it can."""

    place: int
    word: Promise
    clause: Clause
    left: bool
    fault: str


def read_file(name: str, content: bytes) -> FileText:
    """Return the text of a DOCX, an ODT, a PDF with text or a plain text. Raises `BadInput` for `file`."""
    reading = read_clauses(name, content)
    found = framed(reading.clauses)
    # The parts of a frame are told from the body by being other objects of the same run.
    body = {id(clause) for clause in found.body}
    frame = frozenset(place for place, clause in enumerate(reading.clauses) if id(clause) not in body)
    if len(reading.clauses) > MOST_SECTIONS + _MOST_OF_FRAME:
        told = _("The file has {count} clauses, a document at most {most}. Send it in parts.")
        raise BadInput("file", told.format(count=len(reading.clauses), most=MOST_SECTIONS))
    sentences = tuple(map(sentence_of, reading.notices))
    return FileText(plain_name(name), reading.clauses, frame, sentences, found.type, found.abstract)


def shown(text: FileText, left: Collection[int]) -> list[ReadClause]:
    """Return the clauses with what keeps each from being saved."""
    return [
        ReadClause(place, labels.CLAUSES[clause.kind], clause, place in left, _fault_of(clause))
        for place, clause in enumerate(text.clauses)
    ]


def type_in(text: FileText, types: Mapping[str, Kind]) -> str:
    """Return the code of the type that the file names; a letter names none and has its abstract below the number."""
    if not text.type:
        return LETTER if text.abstract and LETTER in types else ""
    return next((code for code, kind in types.items() if fold(kind.name) == fold(text.type)), "")


def held(text: FileText, account: UUID | None) -> str:
    """Return the text as the page carries it, sealed for the account. Raises `BadInput` for one that is too long."""
    parts = [
        text.name,
        [[str(clause.kind), clause.label, clause.text] for clause in text.clauses],
        sorted(text.frame),
        text.told,
        text.type,
        text.abstract,
    ]
    sealed = signing.dumps(parts, salt=_salt(account), compress=True)
    if len(sealed) > MOST_HELD:
        raise BadInput(
            "file", _("The text of “{name}” is too long for one page. Send it in parts.").format(name=text.name)
        )
    return sealed


def taken_back(sealed: str, account: UUID | None) -> FileText:
    """Return the text that the page carried. Raises `BadInput` for one that was changed or is another account's."""
    try:
        name, clauses, frame, told, type, abstract = signing.loads(sealed, salt=_salt(account))
    except signing.BadSignature:
        raise BadInput("file", _("The page is damaged. Choose the file again.")) from None
    found = tuple(Clause(ClauseKind(kind), text, label) for kind, label, text in clauses)
    return FileText(name, found, frozenset(frame), tuple(told), type, abstract)


def _fault_of(clause: Clause) -> str:
    try:
        sound(clause)
    except BadInput as fault:
        return str(fault.reason)
    return ""


def _salt(account: UUID | None) -> str:
    return f"thammuu.directives.documents.from_file:{account}"
