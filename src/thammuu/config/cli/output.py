"""What the commands print: for people through rich, for programs as one JSON value on standard output."""

import json
from typing import Any

from rich.console import Console
from rich.text import Text

FAULTS_FOUND = 1
CANNOT_START = 3

EXIT_CODES = (
    "Exit codes: 0 done · 1 faults found (check, cap) · 2 wrong usage · 3 cannot start, "
    "with the remedy in one sentence · 130 interrupted"
)

console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)


def refuse(sentence: str) -> None:
    """Say why nothing happened."""
    errors.print(Text("✗ ", style="bold red") + Text(sentence))


def say(sentence: str) -> None:
    """Say that something was done."""
    console.print(Text("✓ ", style="bold green") + Text(sentence))


def answer(value: Any) -> None:
    """The answer for a program."""
    print(json.dumps(value, ensure_ascii=False))
