"""Running tests against damage, without writing it to a file.

All is imported once; then each mutant gets a process of its own by `fork`, in which the code of the living functions
is exchanged for that of the damaged module. The tests that reach the damaged line run there until one fails.
"""

import gc
import os
import select
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType

import pytest

from checks.rigour.mutating import Mutant, damaged
from checks.rigour.reach import OPTIONS, Reach, forget_results

KILLED, SURVIVED, IMPOSSIBLE = "killed", "survived", "impossible"
NOT_POSSIBLE, BROKEN = 100, 99
Key = tuple[str, int, int]
PATIENCE_SECONDS = 20.0
"""How much longer than usual the tests may take before the damage counts as noticed: it made something hang."""
DATABASE_SECONDS = 300.0


def judge(mutant: Mutant, reach: Reach) -> str:
    """Return whether a test notices the mutant."""
    tests = reach.tests.get((mutant.path.as_posix(), mutant.line), [])
    tests = sorted(tests, key=lambda name: reach.seconds.get(name, 0.0))
    if not tests:
        return SURVIVED
    usual = sum(reach.seconds.get(name, 0.0) for name in tests)

    def run() -> int:
        if not exchange(mutant):
            return NOT_POSSIBLE
        take_database()
        return int(pytest.main([*OPTIONS, "-x", *tests]))

    status = forked(run, usual * 5 + PATIENCE_SECONDS)
    if status is None:
        # What hung may have left rows behind.
        if forked(make_database, DATABASE_SECONDS) != 0:
            raise RuntimeError(f"no new database after {mutant} made the tests hang")
        return KILLED
    if status == BROKEN:
        raise RuntimeError(f"{mutant} could not be judged")
    return {0: SURVIVED, NOT_POSSIBLE: IMPOSSIBLE}.get(status, KILLED)


def exchange(mutant: Mutant) -> bool:
    """Give the living functions of the mutant's file its code; return False where that cannot be."""
    path = mutant.path.as_posix()
    new = {key: code for code, key in _keyed(compile(damaged(mutant), path, "exec"))}
    keys = {_place(code): key for code, key in _keyed(compile(mutant.path.read_text("utf-8"), path, "exec"))}
    forget_results()
    for function in gc.get_objects():
        # By its type itself: to ask a lazy object for its class would wake it.
        if type(function) is FunctionType and function.__code__.co_filename == path:
            try:
                function.__code__ = new[keys[_place(function.__code__)]]
            except (KeyError, ValueError):
                return False
    return True


def take_database() -> None:
    """Let pytest-django take the tests' database as it stands, instead of looking whether it is there and migrated."""
    from django.db import connection
    from django.test import utils

    def as_it_stands(**_said: object) -> list[object]:
        connection.settings_dict["NAME"] = _name_of_tests()
        return []

    utils.setup_databases = as_it_stands


def make_database() -> int:
    """Make the tests' database anew in place of the one that is there, whoever still holds it; return 0."""
    from django.db import connection
    from django.test.utils import setup_databases

    name = _name_of_tests()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = %s", [name])
    setup_databases(verbosity=0, interactive=False)
    return 0


def _name_of_tests() -> str:
    from django.db import connection

    settings = connection.settings_dict
    return str(settings["TEST"]["NAME"] or f"test_{settings['NAME']}")


def forked(run: Callable[[], int], seconds: float) -> int | None:
    """Run something in a process of its own, silently; return its exit code, None if it took too long."""
    child = os.fork()
    if child == 0:
        os.setsid()
        silence = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(silence, stream)
        try:
            os._exit(run() & 0x7F)
        except BaseException:
            os._exit(BROKEN)
    ending = os.pidfd_open(child)
    ended, _, _ = select.select([ending], [], [], seconds)
    os.close(ending)
    if not ended:
        os.killpg(child, signal.SIGKILL)
    _child, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) if ended else None


def _codes(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)


def _keyed(module: CodeType) -> Iterator[tuple[CodeType, Key]]:
    """Yield each code with its name, its line, and the how manyth of this name in this line it is."""
    seen: Counter[tuple[str, int]] = Counter()
    for code in _codes(module):
        named = (code.co_qualname, code.co_firstlineno)
        seen[named] += 1
        yield code, (*named, seen[named])


def _place(code: CodeType) -> tuple[object, ...]:
    """Return where a code stands to the column, which tells two lambdas of one line apart, but not after damage."""
    return code.co_qualname, code.co_firstlineno, tuple(code.co_positions())
