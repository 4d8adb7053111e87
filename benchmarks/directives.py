"""What the office asks of directives, each measured on a ground of its own; `--only NAME` measures one of them.

- `cascade`: one task to 34 provinces and 3,321 communes.
- `board`: the follow-up board over 200,000 open assignments.
- `issue`: 200 documents issued by 8 clients at once.
- `taking_over`: a task list of 3,000 lines, read and taken over.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks import _following, _taking_over
from benchmarks._cascading import MOST_SECONDS, cascade
from benchmarks._ground import installation
from benchmarks._issuing import issue
from benchmarks._watch_year import told

Measured = tuple[dict[str, Any], float, bool]
"""The figures of a part, the seconds of its reference, and whether its goal is met."""
PARTS: dict[str, Callable[[], Measured]] = {
    "board": _following.board,
    "cascade": cascade,
    "issue": issue,
    "taking_over": _taking_over.take_over,
}
GOAL = {
    "board": {"seconds": _following.MOST_SECONDS},
    "cascade": {"seconds": MOST_SECONDS},
    "issue": "numbers 1-200 exactly",
    "taking_over": {"seconds": _taking_over.MOST_SECONDS},
}


def run(arguments: Sequence[str]) -> dict[str, Any]:
    """Measure each part in turn."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks directives")
    parser.add_argument("--only", choices=sorted(PARTS), action="append")
    options = parser.parse_args(arguments)
    names = options.only or list(PARTS)
    measured = [_measured(name) if len(names) == 1 else _measured_apart(name) for name in names]
    figures, references = {}, {}
    for name, (found, seconds, _met) in zip(names, measured, strict=True):
        figures[name], references[name] = found, seconds
    return {
        "figures": figures,
        "reference": {"seconds": references},
        "ratio": {name: round(figures[name]["seconds"] / seconds, 2) for name, seconds in references.items()},
        "goal": GOAL,
        "met": all(is_met for _found, _seconds, is_met in measured),
    }


def _measured(name: str) -> Measured:
    with installation():
        found = PARTS[name]()
    told(f"{name}: {found[0]}")
    return found


def _measured_apart(name: str) -> Measured:
    """Measure in a process of its own: this one's settings would keep to the first ground's database."""
    command = [sys.executable, "-m", "benchmarks", "directives", "--only", name]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    told_of = json.loads(done.stdout.splitlines()[-1])
    return told_of["figures"][name], told_of["reference"]["seconds"][name], told_of["met"]
