"""The list of checks, and what each reports."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


CHECKS = (
    "sizes",
    "naming",
    "person",
    "writers",
    "facts",
    "pages",
    "tree",
    "links",
    "translations",
    "untranslated",
    "examples",
)


@dataclass(frozen=True, order=True)
class Finding:
    """One fault: `path` relative to the project, `line` from 1 (0: the whole file), and what is wrong."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.message}"
