"""House rule 10: modules are named for what they hold, in the words of the field."""

from pathlib import Path

from checks.finding import ROOT, Finding
from checks.sources import files

EMPTY_NAMES = frozenset(("util", "utils", "helper", "helpers", "manager", "managers", "common", "misc", "stuff"))
"""Names that say nothing about what is inside."""


def check(root: Path = ROOT) -> list[Finding]:
    findings: dict[str, Finding] = {}
    for place in ("src", "tests", "checks", "benchmarks"):
        for path in files(root, ".py", ".ts", ".css", under=place):
            relative = path.relative_to(root)
            for part in (*relative.parts[:-1], relative.stem):
                if part.lower() in EMPTY_NAMES:
                    where = relative.as_posix()
                    findings[where] = Finding(where, 0, f"“{part}” does not say what it holds")
    return list(findings.values())
