"""Two texts set against each other, clause by clause and, where a clause was changed, word by word. Pure.

A clause is known again by its words: one that only got another number is the same clause, with another label.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from thammuu.paper.aligning import Match, aligned, comes_second, rising
from thammuu.paper.clauses import Clause

ALIKE = 0.5
"""The least share of common words (Dice's coefficient, 0 to 1) with which two clauses are one that was changed."""

_RARE = 12
_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")


class Change(StrEnum):
    """What became of a clause. One that moved may have been changed too; its runs tell."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


class RunKind(StrEnum):
    """What became of words."""

    KEPT = "kept"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that follow one another and share their fate, with the spaces between them."""

    kind: RunKind
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A clause of the old text and what it is in the new one, each with its place there (from 0); None for none.

    `runs` make up the words of both: kept and deleted ones the old words, kept and inserted ones the new.
    """

    change: Change
    old: Clause | None
    new: Clause | None
    old_at: int | None
    new_at: int | None
    runs: tuple[Run, ...]

    @property
    def relabelled(self) -> bool:
        """Whether the clause got another label or became one of another kind."""
        old, new = self.old, self.new
        return old is not None and new is not None and (old.kind, old.label) != (new.kind, new.label)


def compare(old: Sequence[Clause], new: Sequence[Clause]) -> list[Pair]:
    """Return every clause of both texts once, in the order of the new one; what was removed stands where it was.

    The order of the arguments does not matter but for the direction: the other way round gives the same pairs
    with old and new exchanged.
    """
    if comes_second(old, new):
        steady, moved = ({(left, right) for right, left in matches} for matches in _matched(new, old))
    else:
        steady, moved = _matched(old, new)
    return list(_in_order(old, new, sorted(steady), moved))


def _matched(old: Sequence[Clause], new: Sequence[Clause]) -> tuple[set[Match], set[Match]]:
    """Return the places of clauses that are one and kept their order, and of those that did not."""
    kept = aligned([(clause.kind, clause.text) for clause in old], [(clause.kind, clause.text) for clause in new])
    elsewhere = _moved(old, new, kept)
    alike = _alike(old, new, [*kept, *elsewhere])
    # What was changed in its place keeps the order of what surrounds it; the rest has also moved.
    steady = set(rising(match for match in alike if _fits(match, kept))) | set(kept)
    return steady, {*elsewhere, *alike} - steady


def _left(count: int, matches: Iterable[Match], side: int) -> list[int]:
    taken = {match[side] for match in matches}
    return [place for place in range(count) if place not in taken]


def _moved(old: Sequence[Clause], new: Sequence[Clause], kept: list[Match]) -> list[Match]:
    """Return the places of clauses with the same words that do not stand in order; the first with the first."""
    waiting: dict[str, list[int]] = defaultdict(list)
    for place in reversed(_left(len(old), kept, 0)):
        waiting[old[place].text].append(place)
    return [
        (waiting[new[place].text].pop(), place)
        for place in _left(len(new), kept, 1)
        if new[place].text and waiting.get(new[place].text)
    ]


def _alike(old: Sequence[Clause], new: Sequence[Clause], taken: list[Match]) -> list[Match]:
    """Return the places of clauses that share enough words, the most alike first, each clause once."""
    ours, theirs = _left(len(old), taken, 0), _left(len(new), taken, 1)
    bags = {place: _bag(old[place]) for place in ours}
    others = {place: _bag(new[place]) for place in theirs}
    judged = {
        match: share for match in _candidates(bags, others) if (share := _share(bags[match[0]], others[match[1]]))
    }
    for match in judged:
        one, other = old[match[0]], new[match[1]]
        # Of equally alike ones that with the same label is meant.
        judged[match] += 0.001 * (one.kind == other.kind) + 0.001 * (one.label == other.label != "")
    found: list[Match] = []
    left, right = set(ours), set(theirs)
    for match in sorted(judged, key=lambda match: (-judged[match], abs(match[0] - match[1]), match)):
        if judged[match] >= ALIKE and match[0] in left and match[1] in right:
            found.append(match)
            left.remove(match[0])
            right.remove(match[1])
    return found


def _bag(clause: Clause) -> Counter[str]:
    return Counter(word.casefold() for word in re.findall(r"\w+", clause.text))


def _candidates(ours: dict[int, Counter[str]], theirs: dict[int, Counter[str]]) -> set[Match]:
    """Return the pairs worth comparing: those with a rare word in common, and those of the same turn.

    A word that stands in many clauses proposes none, or a long text would be compared with all of itself.
    """
    left, right = _clauses_of_words(ours), _clauses_of_words(theirs)
    shared = {
        (one, other)
        for word, places in left.items()
        if len(places) <= _RARE and len(right.get(word, ())) <= _RARE
        for one in places
        for other in right.get(word, ())
    }
    return shared | set(zip(ours, theirs, strict=False)) | set(zip([*ours][::-1], [*theirs][::-1], strict=False))


def _clauses_of_words(bags: dict[int, Counter[str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for place, bag in bags.items():
        for word in bag:
            found[word].append(place)
    return found


def _share(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / ((one.total() + other.total()) or 1)


def _fits(match: Match, kept: list[Match]) -> bool:
    """Whether a pair lies between the same two kept clauses on both sides. `kept` rises."""
    return bisect_left(kept, match[0], key=lambda each: each[0]) == bisect_left(
        kept, match[1], key=lambda each: each[1]
    )


def _in_order(old: Sequence[Clause], new: Sequence[Clause], steady: list[Match], moved: set[Match]) -> Iterator[Pair]:
    """Yield all pairs by the new text; what was removed first between the clauses that kept their order."""
    sources = {right: left for left, right in moved}
    gone = deque(_left(len(old), [*steady, *moved], 0))
    here = 0
    for left, right in [*steady, (len(old), len(new))]:
        while gone and gone[0] < left:
            yield _pair(old, new, gone.popleft(), None, Change.REMOVED)
        for place in range(here, right):
            source = sources.get(place)
            yield _pair(old, new, source, place, Change.ADDED if source is None else Change.MOVED)
        if right < len(new):
            yield _pair(old, new, left, right, Change.SAME if old[left] == new[right] else Change.CHANGED)
        here = right + 1


def _pair(old: Sequence[Clause], new: Sequence[Clause], left: int | None, right: int | None, change: Change) -> Pair:
    one = None if left is None else old[left]
    other = None if right is None else new[right]
    return Pair(change, one, other, left, right, tuple(runs_of(one.text if one else "", other.text if other else "")))


def runs_of(old: str, new: str) -> list[Run]:
    """Return the words of both texts: what was kept, deleted and inserted, deleted before inserted."""
    if old == new:
        return [Run(RunKind.KEPT, old)] if old else []
    ours, theirs = _TOKEN.findall(old), _TOKEN.findall(new)
    steps: list[tuple[RunKind, str]] = []
    left = right = 0
    for one, other in [*aligned(ours, theirs), (len(ours), len(theirs))]:
        steps += [(RunKind.DELETED, token) for token in ours[left:one]]
        steps += [(RunKind.INSERTED, token) for token in theirs[right:other]]
        steps += [(RunKind.KEPT, token) for token in ours[one : one + 1]]
        left, right = one + 1, other + 1
    return [
        Run(kind, "".join(token for _kind, token in tokens)) for kind, tokens in groupby(steps, lambda step: step[0])
    ]
