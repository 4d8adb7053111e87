"""Every package that the project names has its row, and every row a package."""

import json
import re
import tomllib

from checks.finding import ROOT

ROW = re.compile(r"^\| ([@\w./-]+) \| (.+) \| (.+) \| (.+) \|$", re.M)
NAME = re.compile(r"[A-Za-z0-9_.-]+")


def named() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"].values()
    python = [*project["project"]["dependencies"], *(item for group in groups for item in group)]
    front = json.loads((ROOT / "src/thammuu/ui/frontend/package.json").read_text())
    matches = (NAME.match(requirement) for requirement in python)
    return {match[0] for match in matches if match} | set(front["dependencies"]) | set(front["devDependencies"])


def test_each_dependency_has_one_row_with_its_licence() -> None:
    rows = [row for row in ROW.findall((ROOT / "docs/dependencies.md").read_text()) if row[0] != "package"]
    names = [row[0] for row in rows]
    assert len(names) == len(set(names))
    assert set(names) == named()
    assert [name for name, *_words, licence in rows if re.search(r"(?<!L)GPL", licence)] == []
