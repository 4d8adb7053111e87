"""The files of an incoming document, taken in and read, and held by the page until what they say is registered."""

import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date
from typing import cast
from uuid import UUID

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from thammuu.directives.importing.values import day_of
from thammuu.directives.rules import Urgency
from thammuu.kernel.errors import BadInput
from thammuu.paper.clauses import Clause, ClauseKind
from thammuu.paper.intake import Kept, Upload, take_in
from thammuu.paper.reading import framed, read_clauses
from thammuu.paper.reading.asking import sentence_of
from thammuu.paper.rules import MediaType
from thammuu.paper.signatures import State, verify
from thammuu.paper.signatures.words import REASONS, STATES

MOST_HELD = 2_000_000
READ = frozenset({MediaType.DOCX, MediaType.PDF})

_TELLING = 16
_SYMBOL = re.compile(r"\d{1,6}/(?:\d{4}/)?[^\W\d_][\w&/-]*")


@dataclass(frozen=True, slots=True)
class Received:
    """What came: the files in the store, the clauses of the first that could be read, and what these say of it.

    `told` is what the officer should know of the reading. A scan has no clauses; its files are kept all the same.
    """

    files: tuple[Kept, ...] = ()
    clauses: tuple[Clause, ...] = ()
    told: tuple[str, ...] = ()
    type_name: str = ""
    abstract: str = ""
    symbol: str = ""
    dated: date | None = None
    issuer: str = ""
    urgency: str = Urgency.NORMAL.value


def receive(uploads: Sequence[UploadedFile[bytes]], *, tolerant: bool = False, reading: bool = True) -> Received:
    """Take files in and read the first DOCX or PDF that has text. Raises `BadInput` for `received`, naming the file.

    `tolerant` tells of a file that cannot be kept, as a part of a message, instead of refusing all; without
    `reading` no text is read.

    This is the one place where the file of an incoming document is looked at as it came: what the digital signatures
    of a PDF are worth is told beside what could not be read.
    """
    files: list[Kept] = []
    told: list[str] = []
    found: Received | None = None
    for upload in uploads:
        content = upload.read()
        upload.seek(0)
        try:
            kept = take_in(cast(Upload, upload), "received")
        except BadInput as fault:
            if not tolerant:
                raise
            told.append(fault.reason)
            continue
        files.append(kept)
        if kept.media_type == MediaType.PDF and (said := _signed(kept.name, content)):
            told.append(said)
        if reading and found is None and kept.media_type in READ:
            try:
                found = _read(kept.name, content)
            except BadInput as fault:
                told.append(fault.reason)
    found = found or Received()
    return Received(
        tuple(files), found.clauses, (*told, *found.told), found.type_name, found.abstract, found.symbol, found.dated
    )


def held(received: Received, account: UUID | None) -> str:
    """Return what came as the page carries it, sealed for the account. Raises `BadInput` if it is too long."""
    parts = [
        [astuple(file) for file in received.files],
        [[str(clause.kind), clause.label, clause.text] for clause in received.clauses],
        received.told,
    ]
    sealed = signing.dumps(parts, salt=_salt(account), compress=True)
    if len(sealed) > MOST_HELD:
        raise BadInput("received", _("The text of the file is too long for one page."))
    return sealed


def taken_back(sealed: str, account: UUID | None) -> Received:
    """Return what the page carried. Raises `BadInput` for what was changed or is another account's."""
    if not sealed:
        return Received()
    try:
        files, clauses, told = signing.loads(sealed, salt=_salt(account))
    except signing.BadSignature:
        raise BadInput("", _("The page is damaged. Choose the file again.")) from None
    return Received(
        tuple(Kept(*file) for file in files),
        tuple(Clause(ClauseKind(kind), text, label) for kind, label, text in clauses),
        tuple(told),
    )


def _signed(name: str, content: bytes) -> str:
    """Return what the signatures of a PDF are worth, in words; "" if it bears none."""
    verdict = verify(content)
    if verdict.state == State.NONE:
        return ""
    signers = ", ".join(dict.fromkeys(one.organisation for one in verdict.findings if one.organisation))
    return f"{name}: {STATES[verdict.state]}{f' ({signers})' if signers else ''}. {REASONS[verdict.why]}"


def _read(name: str, content: bytes) -> Received:
    reading = read_clauses(name, content)
    parts = framed(reading.clauses)
    lines = [clause.text for clause in reading.clauses[:_TELLING]]
    symbols = filter(None, map(_SYMBOL.search, lines))
    return Received(
        clauses=parts.body,
        told=tuple(map(sentence_of, reading.notices)),
        type_name=parts.type.capitalize(),
        abstract=parts.abstract,
        symbol=next((found[0] for found in symbols), ""),
        dated=next(filter(None, map(_dated, lines)), None),
    )


def _dated(line: str) -> date | None:
    """Return the day of "Hà Nội, ngày 05 tháng 02 năm 2026", None for a line without one: a deadline has no place."""
    place, _word, day = line.lower().partition("ngày ")
    if place.strip() and not place.rstrip().endswith(","):
        return None
    try:
        return day_of(day.strip().rstrip("."))
    except ValueError:
        return None


def _salt(account: UUID | None) -> str:
    return f"thammuu.directives.incoming.reading:{account}"
