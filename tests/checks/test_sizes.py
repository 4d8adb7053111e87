"""Files and functions within bounds pass, longer ones are named; an exception must be needed."""

from collections.abc import Callable
from pathlib import Path

from checks.sizes import check

Write = Callable[[str, str], Path]


def _function(lines: int, docstring: str = "") -> str:
    return "def act(\n    *,\n    now: int,\n):\n" + docstring + "    x = 1\n" * lines


def test_good_sizes_pass(write: Write) -> None:
    write("src/thammuu/watch/rules.py", "x = 1\n" * 250 + _function(40))
    write("src/thammuu/watch/queries.py", _function(40, '    """First line.\n\n    Last line.\n    """\n'))
    write("src/thammuu/watch/migrations/0001_initial.py", "x = 1\n" * 400)
    assert check(write("tests/watch/test_rules.py", "x = 1\n" * 400), {}) == []


def test_bad_sizes_are_named(write: Write) -> None:
    write("src/thammuu/watch/rules.py", _function(41))
    root = write("src/thammuu/ui/frontend/src/data.css", "\n" * 301)
    assert [(finding.path, finding.line) for finding in check(root, {})] == [
        ("src/thammuu/ui/frontend/src/data.css", 0),
        ("src/thammuu/watch/rules.py", 1),
    ]


def test_an_exception_holds_only_while_it_is_needed(write: Write) -> None:
    root = write("src/thammuu/ui/data.css", "\n" * 301)
    assert check(root, {"src/thammuu/ui/data.css": "one family"}) == []
    write("src/thammuu/ui/data.css", "\n" * 300)
    assert [finding.path for finding in check(root, {"src/thammuu/ui/data.css": "one family"})] == [
        "src/thammuu/ui/data.css"
    ]
