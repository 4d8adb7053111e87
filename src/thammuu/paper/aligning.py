"""What two sequences have in common, in order: patience first, difflib only where little is left. Pure.

Elements that stand once on both sides hold the rest in place; between them the same is done again. This reads like
what a person would have marked, and does not grow with the square of the length as difflib alone does.
"""

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

SMALL = 4_096
"""The most cells (old times new elements) of a stretch without anything unique that is still looked into."""

Match = tuple[int, int]
_Stretch = tuple[int, int, int, int]


def aligned(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Match]:
    """Return the places of equal elements, old and new, rising on both sides; the other way round the same pairs."""
    if comes_second(old, new):
        return [(left, right) for right, left in _aligned(new, old)]
    return _aligned(old, new)


def rising(matches: Iterable[Match]) -> list[Match]:
    """Return a longest part of the matches that rises on both sides; no place may stand in two of them."""
    ends: list[int] = []
    tails: list[Match] = []
    before: dict[Match, Match | None] = {}
    for match in sorted(matches):
        place = bisect_left(ends, match[1])
        before[match] = tails[place - 1] if place else None
        ends[place:] = [match[1], *ends[place + 1 :]] if place < len(ends) else [match[1]]
        tails[place:] = [match, *tails[place + 1 :]] if place < len(tails) else [match]
    found: list[Match] = []
    at = tails[-1] if tails else None
    while at is not None:
        found.append(at)
        at = before[at]
    return found[::-1]


def comes_second(old: Sequence[Hashable], new: Sequence[Hashable]) -> bool:
    """Whether the first of two sequences is the second one in a fixed order of all.

    What exchanges them then, and its answer back, gives the same whichever way they are given.
    """
    if len(old) != len(new):
        return len(old) > len(new)
    first = next(((one, other) for one, other in zip(old, new, strict=True) if one != other), None)
    return first is not None and repr(first[0]) > repr(first[1])


def _aligned(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Match]:
    found: list[Match] = []
    open_stretches: list[_Stretch] = [(0, len(old), 0, len(new))]
    while open_stretches:
        left, left_end, right, right_end = open_stretches.pop()
        while left < left_end and right < right_end and old[left] == new[right]:
            found.append((left, right))
            left, right = left + 1, right + 1
        while left < left_end and right < right_end and old[left_end - 1] == new[right_end - 1]:
            left_end, right_end = left_end - 1, right_end - 1
            found.append((left_end, right_end))
        if left == left_end or right == right_end:
            continue
        stretch = (left, left_end, right, right_end)
        anchors = rising(_unique(old, new, stretch))
        if anchors:
            found += anchors
            open_stretches += _between(anchors, stretch)
        elif (left_end - left) * (right_end - right) <= SMALL:
            found += _looked_into(old, new, stretch)
    return sorted(found)


def _unique(old: Sequence[Hashable], new: Sequence[Hashable], stretch: _Stretch) -> list[Match]:
    left, left_end, right, right_end = stretch
    ours, theirs = _once(old, left, left_end), _once(new, right, right_end)
    return [(place, theirs[element]) for element, place in ours.items() if element in theirs]


def _once(elements: Sequence[Hashable], start: int, end: int) -> dict[Hashable, int]:
    places: dict[Hashable, int] = {}
    again: set[Hashable] = set()
    for place in range(start, end):
        if elements[place] in places:
            again.add(elements[place])
        places[elements[place]] = place
    return {element: place for element, place in places.items() if element not in again}


def _between(anchors: list[Match], stretch: _Stretch) -> list[_Stretch]:
    left, left_end, right, right_end = stretch
    edges = [(left - 1, right - 1), *anchors, (left_end, right_end)]
    return [
        (one + 1, other, two + 1, another)
        for (one, two), (other, another) in pairwise(edges)
        if one + 1 < other and two + 1 < another
    ]


def _looked_into(old: Sequence[Hashable], new: Sequence[Hashable], stretch: _Stretch) -> list[Match]:
    left, left_end, right, right_end = stretch
    matcher = SequenceMatcher(None, old[left:left_end], new[right:right_end], autojunk=False)
    return [
        (left + block.a + step, right + block.b + step)
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    ]
