"""The documentation is a static site that builds strictly and needs nothing from outside."""

import re
import subprocess
import sys
from pathlib import Path

from checks.finding import ROOT

FETCHED = re.compile(
    r"<(?:script|img|iframe|source)\b[^>]*\bsrc=\"?(?:https?:)?//|<link\b[^>]*\bhref=\"?(?:https?:)?//", re.I
)


def test_the_site_builds_and_fetches_nothing(tmp_path: Path) -> None:
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert built.returncode == 0, built.stderr
    pages = sorted(tmp_path.rglob("*.html"))
    assert {page.name for page in pages} >= {"index.html", "glossary.html", "promises.html"}
    assert [page.name for page in pages if FETCHED.search(page.read_text(encoding="utf-8"))] == []
