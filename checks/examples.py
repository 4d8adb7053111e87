"""House rule 12: every check is shown to pass something good and to catch something bad."""

import re
from collections.abc import Iterable
from pathlib import Path

from checks.finding import CHECKS, ROOT, Finding

_TEST = re.compile(r"^def test_(good|bad)_", re.M)


def check(root: Path = ROOT, names: Iterable[str] = CHECKS) -> list[Finding]:
    findings = []
    for name in names:
        path = f"tests/checks/test_{name}.py"
        source = (root / path).read_text(encoding="utf-8") if (root / path).exists() else ""
        for missing in sorted({"good", "bad"} - set(_TEST.findall(source))):
            findings.append(Finding(path, 0, f"the check {name} has no {missing} example (def test_{missing}_…)"))
    return findings
