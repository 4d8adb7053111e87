"""A check with a good and a bad example passes; one that lacks either is named."""

from collections.abc import Callable
from pathlib import Path

from checks.examples import check


def test_good_examples_pass(write: Callable[[str, str], Path]) -> None:
    root = write("tests/checks/test_sizes.py", "def test_good_a(): ...\ndef test_bad_a(): ...\n")
    assert check(root, ["sizes"]) == []


def test_good_every_check_of_ours_has_both() -> None:
    assert check() == []


def test_bad_lack_of_an_example_is_named(write: Callable[[str, str], Path]) -> None:
    root = write("tests/checks/test_sizes.py", "def test_good_a(): ...\n")
    assert ["no bad example" in finding.message for finding in check(root, ["sizes", "tree"])] == [True, True, False]
