"""Documentation whose links and navigation hold passes; a dead link, heading or lost page is caught."""

from collections.abc import Callable
from pathlib import Path

from checks.links import anchors, check

Write = Callable[[str, str], Path]


def test_good_links_pass(write: Write) -> None:
    write("mkdocs.yml", "nav:\n  - Home: index.md\n  - Staff:\n    - staff/duty.md\n")
    write("docs/staff/duty.md", "# Duty officer\n\n## `!` and the *kind*\n\n[back](../index.md#one-two)\n")
    write("README.md", "[docs](docs/index.md) [site](https://example.org)")
    page = "# One: two\n[a](staff/duty.md#and-the-kind) [b](#one-two)\n```\n[no](nowhere.md)\n```\n"
    assert check(write("docs/index.md", page)) == []


def test_bad_links_are_caught(write: Write) -> None:
    write("mkdocs.yml", "nav:\n  - index.md\n")
    write("docs/lost.md", "")
    root = write("docs/index.md", "[a](gone.md)\n[b](lost.md#none)\n![c](image.png)\n")
    messages = [finding.message for finding in check(root)]
    assert messages == [
        "leads nowhere: gone.md",
        "no such heading: lost.md#none",
        "leads nowhere: image.png",
        "not in the navigation of mkdocs.yml",
    ]


def test_headings_in_code_are_none() -> None:
    assert anchors("# A b\n```\n# c\n```\n") == {"a-b"}
