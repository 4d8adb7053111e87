"""When a right is in effect, to the instant."""

from datetime import UTC, datetime, timedelta

import pytest

from thammuu.kernel.ids import new_id
from thammuu.org.rights import Right, Source, of_role
from thammuu.org.rules import Role

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
