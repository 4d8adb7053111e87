"""A text that is kept clause by clause, read for the tasks in it: what is proposed for which clause. Pure."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from thammuu.directives.carrying_out import Carried, Tasks, done_in, gaps, left_of, to_carry_out
from thammuu.directives.extraction import readable
from thammuu.directives.proposals import LONGEST_TASK, Proposed, charges, proposed, tasks_in
from thammuu.kernel.names import NameIndex
from thammuu.paper.clauses import ClauseKind

WHOLE = "text"
"""Stands in a key for a clause as it is, in which the rules recognise nothing."""


@dataclass(frozen=True, slots=True)
class TextClause:
    """A clause of a kept text; `text` is "" where its words were redacted."""

    id: str
    kind: ClauseKind
    label: str
    text: str

    def line(self) -> str:
        """Return the clause as it is read for tasks."""
        return readable(f"{self.label} {self.text}".strip())


@dataclass(frozen=True, slots=True)
class Composed:
    """The whole text as it is read, and where in it each clause begins, in their order."""

    text: str
    starts: tuple[tuple[int, str], ...]

    def place_of(self, offset: int) -> tuple[str, int]:
        """Return the id of the clause in which the offset lies, and where in it."""
        return next((id, offset - start) for start, id in reversed(self.starts) if start <= offset)


@dataclass(frozen=True, slots=True)
class Offer:
    """What may be assigned from a clause: a task that the rules recognise in it, or (None) the clause as it stands.

    `key` names it within the text, the same for as long as the text is; `at` is where in the clause the task begins,
    None for the clause as it stands.
    """

    key: str
    clause: TextClause
    proposed: Proposed | None
    at: int | None = None

    def initial(self) -> dict[str, object]:
        """Return what the form of an assignment begins with."""
        return self.proposed.initial() if self.proposed else {"task": self.clause.text[:LONGEST_TASK]}

    def units(self) -> set[UUID]:
        """Return the units that were recognised."""
        return {*self.proposed.leads, *self.proposed.supporting} if self.proposed else set()


@dataclass(frozen=True, slots=True)
class Offers:
    """What a text offers to be assigned: the recognised tasks that nothing carries out, and the clauses without any.

    `every` has all that the text ever offers by its key, carried out or not; `assigned` is how many of the recognised
    tasks something carries out; `done` are the clauses that are carried out with all their tasks.
    """

    recognised: tuple[Offer, ...]
    others: tuple[Offer, ...]
    every: Mapping[str, Offer]
    assigned: int
    done: Collection[str]

    def of_clause(self, id: str) -> tuple[Offer, ...]:
        """Return what a clause offers: its recognised tasks, else itself; nothing if it is carried out."""
        found = tuple(one for one in self.recognised if one.clause.id == id)
        return found or tuple(one for one in self.others if one.clause.id == id)


def composed(clauses: Sequence[TextClause]) -> Composed:
    """Put the clauses together, a line or more each."""
    lines, starts, at = [], [], 0
    for clause in clauses:
        line = clause.line()
        starts.append((at, clause.id))
        lines.append(line)
        at += len(line) + 1
    return Composed("\n".join(lines), tuple(starts))


def free_of(clauses: Sequence[TextClause], asking: Collection[str], carried: Collection[str]) -> set[str]:
    """Return which of the asking clauses nothing carries out, neither themselves nor one that they are part of."""
    at = {clause.id: place for place, clause in enumerate(clauses)}
    missing = gaps(
        [clause.kind for clause in clauses],
        [at[id] for id in asking if id in at],
        {at[id] for id in carried if id in at},
    )
    return {clauses[place].id for place in missing}


def recognised(clauses: Sequence[TextClause], signed_on: date, names: NameIndex[UUID]) -> dict[str, list[int]]:
    """Return where in which clause the tasks begin that are recognised in the text, read as signed on the day."""
    whole, found = composed(clauses), defaultdict[str, list[int]](list)
    for start in tasks_in(whole.text, signed_on, names):
        id, at = whole.place_of(start)
        found[id].append(at)
    return found


def taken_of(
    clauses: Sequence[TextClause], tasks: Tasks, carried: Carried, asked: Collection[tuple[str, int | None]]
) -> set[str]:
    """Return the clauses of what is asked for that something carries out already: that task, or the clause, or all."""
    free = free_of(clauses, {id for id, _at in asked}, done_in(tasks, carried))
    return {id for id, at in asked if id not in free or (carried.get(id) if at is None else at in carried.get(id, ()))}


def offers_of(
    clauses: Sequence[TextClause],
    carried: Carried,
    signed_on: date,
    names: NameIndex[UUID],
    receivers: Collection[UUID],
) -> Offers:
    """Read the text as signed on the day; `carried` is what something carries out already."""
    whole, by_id = composed(clauses), {clause.id: clause for clause in clauses}
    tasks = defaultdict[str, list[int]](list)
    found = []
    for one in proposed(whole.text, signed_on, names, receivers).found:
        if charges(one.proposal):
            id, at = whole.place_of(one.proposal.clause.words.start)
            found.append(Offer(f"{id}-{len(tasks[id])}", by_id[id], one, at))
            tasks[id].append(at)
    done = done_in(tasks, carried)
    innermost = [clauses[place].id for place in to_carry_out([clause.kind for clause in clauses])]
    free = free_of(clauses, {*tasks, *innermost}, done)
    whole_ones = [Offer(f"{id}-{WHOLE}", by_id[id], None) for id in innermost if id not in tasks and by_id[id].text]
    left = tuple(
        one
        for one in found
        if one.clause.id in free and one.at in left_of(tasks[one.clause.id], carried.get(one.clause.id, ()))
    )
    return Offers(
        left,
        tuple(one for one in whole_ones if one.clause.id in free),
        {one.key: one for one in (*found, *whole_ones)},
        len(found) - len(left),
        done,
    )
