"""When a right is in effect, to the instant, and how far it reaches."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from thammuu.kernel.ids import new_id
from thammuu.org import rights
from thammuu.org.rights import Right, of_role
from thammuu.org.rules import Permission, Role, Source

START = datetime(2026, 1, 5, 8, tzinfo=UTC)
END = START + timedelta(hours=8)
MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("at", "ends_at", "holds"),
    [
        (START - MOMENT, END, False),
        (START, END, True),
        (END - MOMENT, END, True),
        (END, END, False),
        (START - MOMENT, None, False),
        (START, None, True),
        (END + timedelta(days=9999), None, True),
    ],
)
def test_a_right_holds_from_its_beginning_until_just_before_its_end(
    at: datetime, ends_at: datetime | None, holds: bool
) -> None:
    role = Role.VIEWER
    right = Right(
        Source.GRANT, new_id(), new_id(), role, of_role(role), new_id(), None, 0, START, ends_at, "Tăng cường"
    )
    assert right.holds_at(at) is holds


def granted(**said: Any) -> Right:
    role = Role.VIEWER
    right = Right(Source.GRANT, new_id(), new_id(), role, of_role(role), new_id(), None, 0, START, END, "Tăng cường")
    return replace(right, **said)


def test_rights_change_next_when_one_begins_or_ends_and_not_at_the_instant_itself() -> None:
    found = [granted(), granted(starts_at=END, ends_at=None)]
    for at, changes in ((START - MOMENT, START), (START, END), (END - MOMENT, END), (END, None)):
        assert rights.next_change(found, at) == changes


@pytest.mark.parametrize(
    ("lent", "base", "reached"),
    [("ab", "b", "b"), ("b", "ab", "b"), (None, "b", "b"), ("b", None, "b"), (None, None, None), ("a", "b", "")],
)
def test_what_is_lent_reaches_no_further_than_what_it_stands_on(
    lent: str | None, base: str | None, reached: str | None
) -> None:
    units = {letter: new_id() for letter in "ab"}
    own = granted()
    reaches = {
        place: None if letters is None else frozenset(units[letter] for letter in letters)
        for place, letters in ((own.unit, base), (new_id(), lent))
    }
    *_, there = reaches
    found = rights.reached(granted(unit=there, stands_on=own), reaches.__getitem__)
    assert found == (None if reached is None else {units[letter] for letter in reached})
    assert rights.reached(own, reaches.__getitem__) == reaches[own.unit]


def test_what_was_opened_adds_subjects_and_hides_no_right_that_follows() -> None:
    subject, unit = new_id(), new_id()
    opening = granted(permissions=frozenset([Permission.VIEW]), opened=frozenset([subject]))
    scope = rights.permits_of([opening, granted(unit=unit)], lambda place: frozenset([place]))[Permission.VIEW]
    assert (scope.opened, scope.everywhere()) == (frozenset([subject]), frozenset([unit]))
