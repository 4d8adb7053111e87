"""Which clauses of a text ask for something to be done, and which of these nobody does, or only in part. Pure.

What carries a clause out does so as a whole (None), or for the one of its tasks that begins at a place in it.
"""

from collections.abc import Collection, Mapping, Sequence

from thammuu.paper.clauses import ClauseKind

Tasks = Mapping[str, Collection[int]]
"""By the id of a clause: where in it the tasks begin that are recognised there."""
Carried = Mapping[str, Collection[int | None]]
"""By the id of a clause: which of its tasks something carries out; None stands for the clause as a whole."""

_DEPTH = {ClauseKind.ARTICLE: 0, ClauseKind.CLAUSE: 1, ClauseKind.POINT: 2, ClauseKind.INDENT: 3}


def to_carry_out(kinds: Sequence[ClauseKind]) -> list[int]:
    """Return the places of the clauses that ask for a measure: the innermost articles, clauses, points and indents.

    Grounds, headings and the paragraphs between are none; of a text that is not divided every paragraph is one.
    """
    deep = [(place, _DEPTH[kind]) for place, kind in enumerate(kinds) if kind in _DEPTH]
    if not deep:
        return [place for place, kind in enumerate(kinds) if kind == ClauseKind.PARAGRAPH]
    following = [*(depth for _place, depth in deep[1:]), 0]
    return [place for (place, depth), after in zip(deep, following, strict=True) if after <= depth]


def gaps(kinds: Sequence[ClauseKind], asking: Collection[int], carried: Collection[int]) -> list[int]:
    """Return which of the asking places nothing carries out, neither themselves nor a clause that they are part of."""
    above: list[tuple[int, int]] = []
    missing, asked = [], set(asking)
    for place, kind in enumerate(kinds):
        depth = _DEPTH.get(kind, len(_DEPTH) if kind == ClauseKind.PARAGRAPH else -1)
        above = [(outer, at) for outer, at in above if outer < depth]
        if place in asked and place not in carried and not any(at in carried for _outer, at in above):
            missing.append(place)
        above.append((depth, place))
    return missing


def left_of(tasks: Collection[int], carried: Collection[int | None]) -> list[int]:
    """Return which of a clause's tasks nothing carries out.

    Rules that read better than those of the day of issue may find a task elsewhere: as many as there are, are all.
    """
    if None in carried or len(carried) >= len(tasks):
        return []
    return [task for task in tasks if task not in carried]


def done_in(tasks: Tasks, carried: Carried) -> set[str]:
    """Return the clauses that are carried out with every task in them."""
    return {id for id, places in carried.items() if places and not left_of(tasks.get(id, ()), places)}
