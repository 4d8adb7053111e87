"""What may be said of an exception where nothing personal may stand.

An exception's words often hold what was typed: “invalid input”, “Key (name)=(…) already exists”. Its type, PostgreSQL's
code, the constraint and the places in the source do not, and they are what a developer looks for.
"""

import errno
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

import psycopg

DEEPEST = 30
LINKS = 8
# SQLSTATE classes of the connection, of roles, resources, the operator and the system: their words name no row.
OF_THE_SERVER = ("08", "28", "3D", "53", "57", "58")


def describe(error: BaseException) -> str:
    """Return the exception's type and those details that cannot be personal, in one line."""
    name = type(error).__qualname__
    module = type(error).__module__
    said = name if module == "builtins" else f"{module}.{name}"
    details = " ".join(_details(error))
    return f"{said} ({details})" if details else said


def _details(error: BaseException) -> Iterator[str]:
    if isinstance(error, psycopg.Error):
        state = error.sqlstate
        if state:
            yield state
        if error.diag.constraint_name:
            yield error.diag.constraint_name
        if isinstance(error, psycopg.OperationalError) and (state is None or state[:2] in OF_THE_SERVER):
            yield " ".join(str(error).split())
    elif isinstance(error, OSError) and error.errno is not None:
        yield errno.errorcode.get(error.errno, str(error.errno))
    elif getattr(error, "loggable", False):
        yield " ".join(str(error).split())


def told(error: BaseException) -> list[dict[str, Any]]:
    """Return the exception and those behind it, each with its type and where it passed, the newest first."""
    found: list[dict[str, Any]] = []
    link: BaseException | None = error
    while link is not None and len(found) < LINKS:
        found.append({"type": describe(link), "where": list(_places(link.__traceback__))[-DEEPEST:]})
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return found


def _places(trace: TracebackType | None) -> Iterator[str]:
    while trace is not None:
        code = trace.tb_frame.f_code
        yield f"{_short(code.co_filename)}:{trace.tb_lineno} {code.co_name}"
        trace = trace.tb_next


def _short(file: str) -> str:
    """Return the file from its package on: nothing of where it lies on this machine."""
    parts = Path(file).parts
    for root in ("site-packages", "src"):
        if root in parts:
            return "/".join(parts[len(parts) - parts[::-1].index(root) :])
    return "/".join(parts[-2:])
