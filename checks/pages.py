"""Templates keep the content security policy: no inline script, style or handler, nothing evaluated."""

import re
from pathlib import Path

from checks.finding import ROOT, Finding
from checks.sources import files

_RULES = (
    (re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>", re.I), "inline script"),
    (re.compile(r"<style\b", re.I), "inline style sheet"),
    (re.compile(r"<[^>]*\sstyle\s*=", re.I), "style attribute"),
    (re.compile(r"<[^>]*\son[a-z]+\s*=", re.I), "event handler attribute"),
    (re.compile(r"<[^>]*\shx-on[:\s=-]", re.I), "hx-on is evaluated"),
    (re.compile(r"\"\s*(?:js|javascript):", re.I), "evaluated value"),
    (re.compile(r"(?:src|href)=\"(?:https?:)?//", re.I), "address outside the installation"),
)
_COMMENT = re.compile(r"{#.*?#}|{% comment %}.*?{% endcomment %}|<!--.*?-->", re.S)


def check(root: Path = ROOT) -> list[Finding]:
    findings = []
    for path in files(root, ".html", ".svg", under="src"):
        if "templates" not in path.parts:
            continue
        source = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), path.read_text(encoding="utf-8"))
        for pattern, fault in _RULES:
            for match in pattern.finditer(source):
                line = source.count("\n", 0, match.end()) + 1
                findings.append(Finding(path.relative_to(root).as_posix(), line, fault))
    return findings
