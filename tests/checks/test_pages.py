"""Pages that keep the content security policy pass; every way of breaking it is caught on its line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from checks.pages import check

Write = Callable[[str, str], Path]
PAGE = "src/thammuu/watch/templates/watch/board.html"


def test_good_pages_pass(write: Write) -> None:
    page = (
        '<script type="module" src="{% static "ui/dist/main.js" %}"></script>\n'
        '<script type="application/json" id="rows">{}</script>\n'
        '{# style="" and <script> in a comment #}<p class="on" data-onset="x">a</p>\n'
        '<a href="/watch/">b</a>'
    )
    assert check(write(PAGE, page)) == []


@pytest.mark.parametrize(
    "line",
    [
        "<script>go()</script>",
        "<style>p {}</style>",
        '<p class="a" style="color: red">x</p>',
        '<button onclick="go()">x</button>',
        '<div hx-on:click="go()">x</div>',
        '<a href="javascript:go()">x</a>',
        '<div hx-vals="js:{a: 1}">x</div>',
        '<img src="https://example.org/a.png">',
    ],
)
def test_bad_pages_are_caught(write: Write, line: str) -> None:
    assert [finding.line for finding in check(write(PAGE, f"<p>\n</p>\n{line}\n"))] == [3]
