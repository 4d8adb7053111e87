"""Two states of a document's text set against each other: frozen versions, and the draft as it stands."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from thammuu.directives.documents import labels, queries
from thammuu.directives.documents.models import Document
from thammuu.directives.documents.rules import DocumentState
from thammuu.journal.redaction.words import said
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Missing
from thammuu.paper.clauses import Clause
from thammuu.paper.comparing import Change, Pair, Run, compare, runs_of

DRAFT = "draft"
WORDS: Mapping[Change, Promise] = {
    Change.SAME: pgettext_lazy("what became of a clause", "Unchanged"),
    Change.CHANGED: pgettext_lazy("what became of a clause", "Changed"),
    Change.ADDED: pgettext_lazy("what became of a clause", "Added"),
    Change.REMOVED: pgettext_lazy("what became of a clause", "Removed"),
    Change.MOVED: pgettext_lazy("what became of a clause", "Moved"),
}
RELABELLED = gettext_lazy("Numbered anew")


@dataclass(frozen=True, slots=True)
class ComparedClause:
    """A clause of either text: what became of it in `word`, its label and words as runs, what else is to be said."""

    same: bool
    word: Promise
    label: tuple[Run, ...]
    runs: tuple[Run, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The clauses of both texts in the order of the new one, and how many became what, the unchanged ones last."""

    clauses: tuple[ComparedClause, ...]
    counts: tuple[tuple[Promise, int], ...]
    same: bool


def sides(actor: Actor, row: Document) -> list[tuple[str, str]]:
    """Return what may be compared, the latest first: the draft if there is one, then the frozen versions."""
    found = [
        (str(one.number), _("Version {number}").format(number=one.number)) for one in queries.versions_of(actor, row.id)
    ]
    draft = [(DRAFT, _("The draft as it stands"))] if row.state == DocumentState.DRAFT and row.order else []
    return [*draft, *found]


def side(actor: Actor, row: Document, name: str) -> list[Clause]:
    """Return the text of one side, empty if it was redacted. Raises `Missing` for one that is none."""
    if name == DRAFT and row.state == DocumentState.DRAFT:
        return [replace(clause, text=said(clause.text)) for clause in queries.text_of(actor, row)]
    if not (name.isascii() and name.isdecimal() and len(name) < 9):
        raise Missing(_("There is no such version, or your post may not see it."))
    return queries.clauses_of(queries.version(actor, row.id, int(name)).clauses)


def comparison(old: list[Clause], new: list[Clause]) -> Comparison:
    """Compare two texts clause by clause, and word by word where a clause was changed."""
    pairs = compare(old, new)
    clauses = tuple(map(_clause, pairs))
    counted = Counter(clause.word for clause in clauses)
    order = [WORDS[change] for change in (Change.CHANGED, Change.ADDED, Change.REMOVED, Change.MOVED)]
    return Comparison(
        clauses=clauses,
        counts=tuple((word, counted[word]) for word in (*order, RELABELLED, WORDS[Change.SAME]) if counted[word]),
        same=all(clause.same for clause in clauses),
    )


def _clause(pair: Pair) -> ComparedClause:
    old, new = pair.old.label if pair.old else "", pair.new.label if pair.new else ""
    return ComparedClause(
        same=pair.change == Change.SAME,
        word=RELABELLED if _only_relabelled(pair) else WORDS[pair.change],
        label=tuple(runs_of(old, new)) if not (old and new and old != new) else (*runs_of(old, ""), *runs_of("", new)),
        runs=pair.runs,
        notes=tuple(_notes(pair)),
    )


def _only_relabelled(pair: Pair) -> bool:
    """Only where both stand is one changed, so that both have words."""
    return pair.change == Change.CHANGED and bool(pair.old and pair.new and pair.old.text == pair.new.text)


def _notes(pair: Pair) -> list[str]:
    if pair.old is None or pair.new is None or pair.old_at is None or pair.new_at is None:
        return []
    told = []
    if pair.change == Change.MOVED:
        moved = _("It stood at place {old} and stands at place {new}.")
        told.append(moved.format(old=pair.old_at + 1, new=pair.new_at + 1))
        if pair.old.text != pair.new.text:
            told.append(_("Its words were changed, too."))
    if pair.old.kind != pair.new.kind:
        kinds = _("It was of the kind “{old}” and is now of the kind “{new}”.")
        told.append(kinds.format(old=labels.CLAUSES[pair.old.kind], new=labels.CLAUSES[pair.new.kind]))
    if pair.old.label != pair.new.label:
        numbers = _("Its number was “{old}” and is now “{new}”.")
        told.append(numbers.format(old=pair.old.label or "–", new=pair.new.label or "–"))
    return told
