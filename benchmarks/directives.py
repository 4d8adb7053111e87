"""What the office asks of directives, each measured on a ground of its own; `--only NAME` measures one of them.

- `cascade`: one task to 34 provinces and 3,321 communes.
- `board`: the follow-up board over 200,000 open assignments.
- `issue`: 200 documents issued by 8 clients at once.
"""

import argparse
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks import _following
from benchmarks._cascading import MOST_SECONDS, cascade
from benchmarks._ground import installation
from benchmarks._issuing import issue
from benchmarks._watch_year import told

PARTS: dict[str, Callable[[], tuple[dict[str, Any], float, bool]]] = {
    "board": _following.board,
    "cascade": cascade,
    "issue": issue,
}
GOAL = {
    "board": {"seconds": _following.MOST_SECONDS},
    "cascade": {"seconds": MOST_SECONDS},
    "issue": "numbers 1-200 exactly",
}


def run(arguments: Sequence[str]) -> dict[str, Any]:
    """Measure each part in turn."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks directives")
    parser.add_argument("--only", choices=sorted(PARTS), action="append")
    options = parser.parse_args(arguments)
    figures: dict[str, Any] = {}
    references: dict[str, float] = {}
    met = []
    for name in options.only or PARTS:
        with installation():
            figures[name], references[name], is_met = PARTS[name]()
        met.append(is_met)
        told(f"{name}: {figures[name]}")
    return {
        "figures": figures,
        "reference": {"seconds": references},
        "ratio": {name: round(figures[name]["seconds"] / seconds, 2) for name, seconds in references.items()},
        "goal": GOAL,
        "met": all(met),
    }
