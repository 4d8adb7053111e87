"""The project's own files: what is written here, not what is built or installed."""

import ast
from collections.abc import Iterator
from pathlib import Path

_BUILT = frozenset(("node_modules", "dist", "build", "site", "var", "__pycache__"))
_SHOWN_HIDDEN = frozenset((".ci", ".importlinter", ".gitignore"))


def files(root: Path, *suffixes: str, under: str = "") -> Iterator[Path]:
    """Yield the files below `root/under` with one of the suffixes (all, if none is named), in order."""
    for path in sorted((root / under).iterdir() if (root / under).is_dir() else ()):
        if path.name in _BUILT or (path.name.startswith(".") and path.name not in _SHOWN_HIDDEN):
            continue
        if path.is_dir():
            yield from files(root, *suffixes, under=path.relative_to(root).as_posix())
        elif not suffixes or path.suffix in suffixes:
            yield path


def words(text: str) -> frozenset[str]:
    """Return the words of a list kept as running text."""
    return frozenset(text.split())


def python(root: Path, under: str = "src/thammuu", migrations: bool = False) -> Iterator[tuple[str, ast.Module]]:
    """Yield the path below the root and the syntax tree of each Python file."""
    for path in files(root, ".py", under=under):
        if migrations or "migrations" not in path.parts:
            yield path.relative_to(root).as_posix(), ast.parse(path.read_text(encoding="utf-8"))
