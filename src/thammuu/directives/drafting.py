"""The draft of the document that puts a decision and its assignments into words, as the layout rules want it.

Its language is Vietnamese whatever the reader's, like that of every document that a Vietnamese authority issues.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils import timezone, translation

from thammuu.directives.models import Assignment, Decision
from thammuu.directives.rules import State, Urgency
from thammuu.org import directory
from thammuu.org.words import CLASSIFICATION_WORDS
from thammuu.paper.typesetting import official
from thammuu.paper.typesetting.official import Block, OfficialDocument, Signature

LETTER = "CV"
TYPES = {
    "CT": "Chỉ thị",
    "CĐ": "Công điện",
    "KH": "Kế hoạch",
    "QĐ": "Quyết định",
    "TB": "Thông báo",
    LETTER: "Công văn",
}
"""Types of document that give tasks, by their abbreviation (Decree 30/2020/NĐ-CP, appendix III).

The official letter has no abbreviation there, and its name is not set.
"""
STAMPS = {
    Urgency.NORMAL: official.Urgency.NONE,
    Urgency.URGENT: official.Urgency.URGENT,
    Urgency.VERY_URGENT: official.Urgency.MOST_URGENT,
    Urgency.IMMEDIATE: official.Urgency.FLASH,
}


def draft_of(decision: Decision, assignments: Iterable[Assignment], type: str) -> OfficialDocument:
    """Return the draft of a document of the type (a key of `TYPES`); number, day, place and signature are left open.

    The stamp is that of the most urgent assignment. Equal tasks of several lead units are one clause. What has been
    redacted or withdrawn is left out.
    """
    known, rows, letter = directory.current(), [row for row in assignments if _stands(row)], type == LETTER
    unit = known.units[decision.unit_id]
    superior = known.units.get(unit.parent) if unit.parent else None
    leads = list(dict.fromkeys(row.lead_unit_id for row in rows))
    degrees = [Urgency(row.urgency) for row in rows]
    return OfficialDocument(
        parent=superior.name if superior else "",
        issuer=unit.name,
        place="……………",
        abstract=decision.title if letter else f"Về việc {decision.title}",
        type="" if letter else TYPES[type],
        addressed=[known.units[lead].name for lead in leads] if letter else [],
        blocks=[block for block, _carried in blocks_of(decision, rows)],
        signature=Signature(_capacity(decision)),
        recipients=[*(known.units[lead].name for lead in leads), "Lưu: VT"],
        urgency=STAMPS[max(degrees, key=list(Urgency).index, default=Urgency.NORMAL)],
        circulation=_circulation(decision.classification),
    )


def blocks_of(decision: Decision, assignments: Iterable[Assignment]) -> list[tuple[Block, list[UUID]]]:
    """Return the blocks of the text: why, then a clause for each task, with the assignments whose task it gives."""
    why: list[tuple[Block, list[UUID]]] = [(Block(_ended(decision.reason)), [])] if decision.reason else []
    return [*why, *_clauses([row for row in assignments if _stands(row)])]


def _stands(assignment: Assignment) -> bool:
    return bool(assignment.title) and assignment.state != State.WITHDRAWN


def _clauses(rows: list[Assignment]) -> list[tuple[Block, list[UUID]]]:
    known = directory.current()
    alike: dict[tuple[str, str, datetime, tuple[str, ...]], list[Assignment]] = {}
    for row in rows:
        supporting = tuple(known.units[unit].name for unit in row.supporting_units)
        alike.setdefault((row.title, row.product, row.deadline, supporting), []).append(row)
    clauses = []
    for number, ((title, product, deadline, supporting), given) in enumerate(alike.items(), 1):
        together = f", phối hợp với {_listed(supporting)}" if supporting else ""
        leads = _listed(known.units[row.lead_unit_id].name for row in given)
        words = (
            f"{leads} chủ trì{together}: {_ended(title)} Sản phẩm: {_ended(product)}"
            f" Hoàn thành trước {_moment(deadline)}."
        )
        clauses.append((Block(words, f"{number}."), [row.id for row in given]))
    return clauses


def _listed(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} và {last}" if first else last


def _ended(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _moment(instant: datetime) -> str:
    local = timezone.localtime(instant)
    return f"{local:%H} giờ {local:%M} phút, ngày {local:%d/%m/%Y}"


def _capacity(decision: Decision) -> list[str]:
    """Return the capacity in which the post signs; TUQ. for a post that decided on behalf of another."""
    posts = directory.current().posts
    own = posts[decision.post_id].title
    return [own] if decision.behalf_id is None else [f"TUQ. {posts[decision.behalf_id].title}", own]


def _circulation(classification: int) -> str:
    with translation.override("vi"):
        return str(CLASSIFICATION_WORDS[classification]).upper() if classification else ""
