"""Links in the documentation lead to pages and headings that exist; every page is in the site's navigation."""

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from checks.finding import ROOT, Finding

_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
_FENCE = re.compile(r"^(```|~~~).*?^\1", re.M | re.S)
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*$", re.M)


def check(root: Path = ROOT) -> list[Finding]:
    pages = sorted((root / "docs").rglob("*.md"))
    readme = root / "README.md"
    linked = [finding for page in (*pages, readme) if page.exists() for finding in _links(root, page)]
    return [*linked, *_navigation(root, pages)]


def _links(root: Path, page: Path) -> Iterator[Finding]:
    name = page.relative_to(root).as_posix()
    text = _FENCE.sub(lambda match: "\n" * match[0].count("\n"), page.read_text(encoding="utf-8"))
    for match in _LINK.finditer(text):
        target, _, anchor = match[1].partition("#")
        line = text.count("\n", 0, match.start()) + 1
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        goal = (page.parent / target).resolve() if target else page
        if not goal.exists():
            yield Finding(name, line, f"leads nowhere: {match[1]}")
        elif anchor and goal.suffix == ".md" and anchor not in anchors(goal.read_text(encoding="utf-8")):
            yield Finding(name, line, f"no such heading: {match[1]}")


def anchors(text: str) -> set[str]:
    """Return the ids that the site's Markdown gives to the headings."""
    plain = (re.sub(r"[`*_]", "", heading).lower() for heading in _HEADING.findall(_FENCE.sub("", text)))
    return {re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", heading)).strip("-") for heading in plain}


def _navigation(root: Path, pages: list[Path]) -> Iterator[Finding]:
    settings = root / "mkdocs.yml"
    if not settings.exists():
        return
    listed = set(_paths(yaml.safe_load(settings.read_text(encoding="utf-8"))["nav"]))
    for page in pages:
        name = page.relative_to(root / "docs").as_posix()
        if name not in listed:
            yield Finding(f"docs/{name}", 0, "not in the navigation of mkdocs.yml")


def _paths(nav: object) -> Iterator[str]:
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, list):
        for item in nav:
            yield from _paths(item)
    elif isinstance(nav, dict):
        for item in nav.values():
            yield from _paths(item)
