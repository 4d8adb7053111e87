"""A page whose words go through gettext passes; bare words and bare labels are caught."""

from collections.abc import Callable
from pathlib import Path

import pytest

from checks.untranslated import check

Write = Callable[[str, str], Path]
PAGE = "src/thammuu/watch/templates/watch/board.html"


def test_good_pages_pass(write: Write) -> None:
    page = (
        "{% block body_class %}floor-page{% endblock %}{# a remark #}"
        '<h1 title="{% translate "Open" %}">{% translate "Duty log" %} · {{ count }}</h1>'
        "{% blocktranslate %}At {{ a }}{% endblocktranslate %}<kbd>Shift</kbd><p>Thammuu 12:05 kg</p>"
        '<script src="x.js"></script><input name="title" value="{{ form.title }}">'
    )
    assert check(write(PAGE, page)) == []


WORDS = ["<p>Duty log</p>", '<input placeholder="Search">', '<a aria-label="Close">x</a>', "<b>Đang mở</b>"]


@pytest.mark.parametrize("line", WORDS)
def test_bad_words_are_caught(write: Write, line: str) -> None:
    assert [finding.line for finding in check(write(PAGE, f"<p>\n</p>\n{line}\n"))] == [3]
