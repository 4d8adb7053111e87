"""A tree that knows no machine passes; paths, registries and keys are caught."""

from collections.abc import Callable
from pathlib import Path

import pytest

from checks.tree import check

Write = Callable[[str, str], Path]


def test_good_tree_passes(write: Write) -> None:
    write("Makefile", "run:\n\t.venv/bin/python -m thammuu run\n")
    write("var/log.txt", "/home/someone/x")
    assert check(write("docs/index.md", "See `/watch/log/` and `src/work/x`, https://example.org/home/a.")) == []


@pytest.mark.parametrize(
    "text",
    [
        "open('/home/someone/x')",
        "HOME=/root/x",
        "https://files.pythonhosted.org/packages/a",
        "pip install --index-url https://example.org/simple",
        '"resolved": "https://example.org/a.tgz"',
        "-----BEGIN PRIVATE KEY-----",
    ],
)
def test_bad_tree_is_caught(write: Write, text: str) -> None:
    assert [finding.line for finding in check(write("src/settings.txt", f"\n{text}\n"))] == [2]
