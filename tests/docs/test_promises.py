"""The page of promises names every test of one, and counts no promise as kept that has no test."""

import re

from checks.finding import ROOT

ROW = re.compile(r"^\| (\d+) \| (.+) \| (.+) \| (.*)\|$", re.M)
TEXT = (ROOT / "docs/promises.md").read_text(encoding="utf-8")


def test_all_sixteen_are_there_in_order() -> None:
    assert [int(number) for number, *_rest in ROW.findall(TEXT)] == list(range(1, 17))


def test_a_promise_without_a_test_says_that_it_is_not_kept() -> None:
    without = [scale for _number, _promise, scale, tests in ROW.findall(TEXT) if not tests.strip()]
    assert [scale for scale in without if "not kept yet" not in scale and not scale.startswith("there is no")] == []


def test_every_test_of_a_promise_is_named() -> None:
    tests = sorted((ROOT / "tests/promises").glob("test_*.py"))
    assert tests
    assert [test.name for test in tests if f"`tests/promises/{test.name}`" not in TEXT] == []
