"""Nothing in the tree knows the machine it was written on, or where that machine gets its packages."""

import re
from pathlib import Path

from checks.finding import ROOT, Finding
from checks.sources import files

_RULES = (
    (re.compile(r"(?<![\w.}])/(?:work|root|home|Users)/\w"), "path of one machine"),
    (
        re.compile(r"\b(?:[\w-]+\.)*(?:pypi|pythonhosted|npmjs|npmmirror|yarnpkg)\.(?:org|com)\b"),
        "host of a package registry",
    ),
    (re.compile(r"(?:--(?:extra-)?index-url|--find-links|--registry)[= ]\S*//"), "address of a package registry"),
    (re.compile(r"\"resolved\":\s*\"https?:"), "address of a package registry"),
    (re.compile(r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----"), "private key"),
)
_TEXT = (
    ".py",
    ".ts",
    ".css",
    ".html",
    ".md",
    ".toml",
    ".txt",
    ".json",
    ".yml",
    ".yaml",
    ".js",
    ".mjs",
    ".sh",
    ".po",
    "",
)
_OWN = frozenset(("checks/tree.py", "tests/checks/test_tree.py"))


def check(root: Path = ROOT) -> list[Finding]:
    findings = []
    for path in files(root, *_TEXT):
        name = path.relative_to(root).as_posix()
        if name in _OWN:
            continue
        try:
            source = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for pattern, fault in _RULES:
            for match in pattern.finditer(source):
                findings.append(Finding(name, source.count("\n", 0, match.start()) + 1, f"{fault}: {match[0]}"))
    return findings
