"""House rule 1: only actions write, and only `record()` makes history.

A call that changes rows may stand in an action, in a model's small mutators, in a follower, in a migration and in
the journal itself. What else writes is listed, each with its reason.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from checks.finding import ROOT, Finding
from checks.sources import python

EXCEPTIONS: Mapping[str, str] = {}
"""Files that write outside the rooms for writing, each with the reason."""

_ROOMS = re.compile(r"^src/thammuu/(journal/|(\w+/)+(actions|models|followers)(\.py$|/))")
_ACTIONS = re.compile(r"^src/thammuu/(journal/|(\w+/)+actions(\.py$|/))")
_ON_MANAGERS = frozenset(("create", "bulk_create", "get_or_create", "update_or_create", "bulk_update"))
_STATEMENT = re.compile(r"^\s*(?:WITH\b.*\b)?(?:INSERT\s+INTO|UPDATE\s+\w+|DELETE\s+FROM|TRUNCATE)\b", re.I | re.S)


def check(root: Path = ROOT, exceptions: Mapping[str, str] = EXCEPTIONS) -> list[Finding]:
    findings, writing = [], set()
    for name, tree in python(root):
        for node in ast.walk(tree):
            fault = _fault(name, node)
            if fault and isinstance(node, ast.Call):
                writing.add(name)
                if name not in exceptions:
                    findings.append(Finding(name, node.lineno, fault))
    stale = sorted(set(exceptions) - writing)
    return findings + [Finding(name, 0, "listed as an exception and writes nothing") for name in stale]


def _fault(name: str, node: ast.AST) -> str | None:
    if not isinstance(node, ast.Call):
        return None
    if isinstance(node.func, ast.Name):
        outside = node.func.id in ("record", "record_each") and not _ACTIONS.match(name)
        return f"{node.func.id}() outside an action" if outside else None
    if isinstance(node.func, ast.Attribute) and not _ROOMS.match(name):
        return next(_writes(node, node.func), None)
    return None


def _writes(call: ast.Call, method: ast.Attribute) -> Iterator[str]:
    receiver = ast.unparse(method.value)
    fault = f"{receiver}.{method.attr}() outside an action"
    on_rows = "objects" in receiver.split(".") or ".filter(" in receiver or ".objects." in receiver
    if method.attr in _ON_MANAGERS and on_rows:
        yield fault
    if method.attr == "save" and not receiver.endswith(("image", "workbook", "document")):
        yield fault
    if method.attr == "update" and call.keywords and not call.args and on_rows:
        yield fault
    if method.attr == "delete" and not call.args and (on_rows or not call.keywords):
        yield fault
    if method.attr in ("execute", "executemany") and call.args:
        statement = call.args[0]
        if isinstance(statement, ast.Constant) and _STATEMENT.match(str(statement.value)):
            yield "SQL that writes, outside an action"
