"""No page shows words that gettext has not seen: text, labels, hints and titles in templates go through a tag."""

import re
from html.parser import HTMLParser
from pathlib import Path

from checks.finding import ROOT, Finding
from checks.sources import files

_BLOCK = re.compile(
    r"{#.*?#}|{%\s*comment\b.*?endcomment\s*%}|{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}"
    r"|{%\s*block \w+_class\s*%}.*?{%\s*endblock\b.*?%}",
    re.S,
)
_TAG = re.compile(r"{%.*?%}|{{.*?}}", re.S)
_WORD = re.compile(r"[^\W\d_]{3,}")
_SHOWN = frozenset(("alt", "title", "placeholder", "aria-label", "aria-description"))
_NOT_WORDS = frozenset(("code", "kbd", "script", "style", "svg", "samp"))
NAMES = frozenset(("Thammuu", "Tiếng", "Việt", "English", "Ctrl", "Esc", "Enter", "CAP", "XML", "GeoJSON", "TopoJSON"))
"""What is called the same in every language."""


def check(root: Path = ROOT) -> list[Finding]:
    findings = []
    for path in files(root, ".html", under="src"):
        if "templates" in path.parts:
            reader = _Reader()
            reader.feed(_blank(_TAG, _blank(_BLOCK, path.read_text(encoding="utf-8"))))
            name = path.relative_to(root).as_posix()
            findings += [Finding(name, line, f"not translated: {text!r}") for line, text in reader.found]
    return findings


def _blank(pattern: re.Pattern[str], source: str) -> str:
    return pattern.sub(lambda match: "\n" * match[0].count("\n"), source)


class _Reader(HTMLParser):
    """Collects text and shown attributes that hold words."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _NOT_WORDS:
            self._open.append(tag)
        for name, value in attrs:
            if name in _SHOWN and value:
                self._take(value)

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if not self._open:
            self._take(data)

    def _take(self, text: str) -> None:
        if set(_WORD.findall(text)) - NAMES:
            self.found.append((self.getpos()[0], " ".join(text.split())))
