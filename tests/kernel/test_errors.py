"""Refusals carry their reason to whoever acted, and are false."""

from typing import Any

import pytest

from thammuu.kernel.errors import BadInput, Conflict, Missing, OnBehalf, Refusal, Refused, ThammuuError, require
from thammuu.kernel.ids import new_id


def test_a_refusal_is_false_and_becomes_an_error_with_its_reason() -> None:
    refusal = Refusal("not your unit")
    assert not refusal
    assert bool(refusal) is False
    with pytest.raises(Refused, match=r"^not your unit$") as refused:
        require(refusal)
    assert refused.value.reason == "not your unit"
    require(True)
    require(OnBehalf(new_id()))


@pytest.mark.parametrize("answer", [None, False])
def test_what_is_no_verdict_permits_nothing(answer: Any) -> None:
    with pytest.raises(TypeError, match=str(answer)):
        require(answer)


def test_errors_say_their_reason() -> None:
    wrong = BadInput("title", "too long")
    assert (wrong.field, wrong.reason, str(wrong)) == ("title", "too long", "too long")
    for error in (Refused("x"), Missing("x"), Conflict("x"), wrong):
        assert isinstance(error, ThammuuError)


def test_ids_differ_and_go_up_with_the_time() -> None:
    made = [new_id() for _number in range(1000)]
    assert len(set(made)) == 1000
    assert {id.version for id in made} == {7}
    assert sorted(id.int >> 80 for id in made) == [id.int >> 80 for id in made]
