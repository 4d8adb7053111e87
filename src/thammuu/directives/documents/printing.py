"""A document as PDF: what `paper.typesetting` sets, from what stands in the document. Always in Vietnamese."""

from collections.abc import Sequence

from thammuu.directives.documents import labels
from thammuu.directives.documents.kinds import LETTER
from thammuu.directives.documents.models import Document
from thammuu.directives.documents.rules import Circulation
from thammuu.directives.drafting import STAMPS
from thammuu.directives.rules import Urgency
from thammuu.kernel import clock
from thammuu.org import directory
from thammuu.paper.clauses import Clause, ClauseKind
from thammuu.paper.typesetting.official import Block, BlockKind, OfficialDocument, Signature

OPEN_PLACE = "……………"
_CENTRED = frozenset({ClauseKind.PART, ClauseKind.CHAPTER, ClauseKind.SECTION})
_WITHIN_ARTICLE = frozenset({ClauseKind.CLAUSE, ClauseKind.POINT, ClauseKind.PARAGRAPH, ClauseKind.INDENT})


def printed(document: Document, clauses: Sequence[Clause]) -> OfficialDocument:
    """Return the document with these clauses ready to be set; without a number it shows neither number nor date.

    It bears no name below the signature's lines: approving is not signing.
    """
    known = directory.current().units
    unit = known[document.unit_id]
    superior = known.get(unit.parent) if unit.parent else None
    letter = document.type == LETTER
    others = [line.strip() for line in document.others.splitlines() if line.strip()]
    return OfficialDocument(
        parent=superior.name if superior else "",
        issuer=unit.name,
        place=document.place or OPEN_PLACE,
        # Below a letter's number stands "V/v", which says the same.
        abstract=document.abstract.removeprefix("Về việc ") if letter else document.abstract,
        number=document.symbol,
        day=clock.day_of(document.issued_at) if document.issued_at else None,
        type="" if letter else document.type_name,
        addressed=[known[id].name for id in document.addressees if id in known],
        grounds=[clause.text.rstrip(" ;.") for clause in clauses if clause.kind == ClauseKind.GROUND],
        blocks=_blocks([clause for clause in clauses if clause.kind != ClauseKind.GROUND]),
        signature=Signature(_signature(document)),
        recipients=[
            *(["Như trên"] if document.addressees else []),
            *(known[id].name for id in document.recipients if id in known),
            *others,
            "Lưu: VT",
        ],
        urgency=STAMPS[Urgency(document.urgency)],
        circulation=labels.STAMPED[Circulation(document.circulation)],
    )


def _signature(document: Document) -> list[str]:
    above = f"{document.capacity} {document.signs_for}".strip()
    return [line for line in (above, document.signer) if line]


def _blocks(clauses: Sequence[Clause]) -> list[Block]:
    following = [*(clause.kind for clause in clauses[1:]), None]
    return [
        Block(clause.text, clause.label, _block_kind(clause.kind, then))
        for clause, then in zip(clauses, following, strict=True)
    ]


def _block_kind(kind: ClauseKind, then: ClauseKind | None) -> BlockKind:
    """An article that others follow within is a heading; one that stands alone is text."""
    if kind in _CENTRED:
        return BlockKind.CHAPTER
    return BlockKind.HEADING if kind == ClauseKind.ARTICLE and then in _WITHIN_ARTICLE else BlockKind.TEXT
