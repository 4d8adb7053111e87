from datetime import date, timedelta

import pytest

from thammuu.directives.incoming.rules import (
    ENDED,
    OPEN,
    IncomingState,
    Step,
    after,
    likeness,
    timing,
)
from thammuu.directives.rules import Timing

DAY = date(2026, 7, 1)


def test_what_is_settled_is_only_taken_up_again_and_what_is_open_is_dealt_with() -> None:
    for state in ENDED:
        assert {step for step in Step if after(state, step)} == {Step.REOPEN}
    assert after(IncomingState.REGISTERED, Step.ACKNOWLEDGE) is None
    for state in OPEN:
        assert after(state, Step.REOPEN) is None
        assert after(state, Step.PASS_ON) == IncomingState.PASSED_ON
        assert after(state, Step.ANSWER) == IncomingState.ANSWERED


@pytest.mark.parametrize(
    ("due", "settled", "found"),
    [
        (None, None, None),
        (0, None, Timing.OPEN_WITHIN_TIME),
        (-1, None, Timing.OPEN_OVERDUE),
        (-1, -1, Timing.DONE_ON_TIME),
        (-1, 0, Timing.DONE_LATE),
    ],
)
def test_the_day_of_the_deadline_is_within_time(due: int | None, settled: int | None, found: Timing | None) -> None:
    days = [None if one is None else DAY + timedelta(days=one) for one in (due, settled)]
    assert timing(days[0], days[1], DAY) == found


def test_one_document_is_known_however_it_is_typed() -> None:
    assert likeness("Bộ Công an", "05/CĐ-BCA") == likeness("BỘ  CÔNG AN", " Số: 5 / cđ-bca ")
    assert likeness("Bộ Công an", "không số") == likeness("bộ công an", "Không số")
    assert likeness("Bộ Công an", " ") == ""
    assert likeness("Bộ Công an", "5/CĐ-BCA") != likeness("Bộ Y tế", "5/CĐ-BCA")
