"""House rule 11: a file of more than 300 lines is full, a function of more than 40 (docstring
and arguments apart) is two."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from checks.finding import ROOT, Finding
from checks.sources import files, python

FILE_LINES = 300
FUNCTION_LINES = 40
EXCEPTIONS: Mapping[str, str] = {}
"""Files that may be longer, each with the reason why splitting it would be worse."""

_PLACES = ("src", "checks", "benchmarks")


def check(root: Path = ROOT, exceptions: Mapping[str, str] = EXCEPTIONS) -> list[Finding]:
    return [*_files(root, exceptions), *_functions(root)]


def _files(root: Path, exceptions: Mapping[str, str]) -> Iterator[Finding]:
    long = set()
    for place in _PLACES:
        for path in files(root, ".py", ".ts", ".css", ".html", under=place):
            name = path.relative_to(root).as_posix()
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if lines > FILE_LINES and "migrations" not in path.parts:
                long.add(name)
                if name not in exceptions:
                    yield Finding(name, 0, f"{lines} lines; a file of {FILE_LINES} is full")
    for name in sorted(set(exceptions) - long):
        yield Finding(name, 0, "listed as an exception and not long: take it off the list")


def _functions(root: Path) -> Iterator[Finding]:
    for place in _PLACES:
        for name, tree in python(root, place):
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    body = node.body[1:] if _is_docstring(node.body[0]) else node.body
                    lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
                    if lines > FUNCTION_LINES:
                        message = f"{node.name} has {lines} lines; one of more than {FUNCTION_LINES} is two"
                        yield Finding(name, node.lineno, message)


def _is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
