"""Modules named for what they hold pass; empty names are caught, as file or folder."""

from collections.abc import Callable
from pathlib import Path

from checks.naming import check


def test_good_names_pass(write: Callable[[str, str], Path]) -> None:
    assert check(write("src/thammuu/watch/typed_time.py", "")) == []


def test_bad_names_are_caught(write: Callable[[str, str], Path]) -> None:
    write("src/thammuu/watch/utils.py", "")
    root = write("tests/common/test_x.py", "")
    assert [finding.path for finding in check(root)] == ["src/thammuu/watch/utils.py", "tests/common/test_x.py"]
