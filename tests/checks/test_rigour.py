"""The damage that the core's tests must notice: what is changed, what is left alone, and that it takes effect."""

import ast
import importlib.util
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import ModuleType

import hypothesis
import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import strategies
from pytest_django import DjangoDbBlocker

from checks.rigour import core, killing
from checks.rigour.mutating import Mutant, damaged, mutants
from checks.rigour.reach import take_time
from thammuu.journal.models import Epoch, SealerState

SOURCE = '''
LIMIT = 3


def judged(number: "int", names: list[str]) -> bool:
    """Say something."""
    log.warning("nothing: %s", 1)
    assert number
    if number < LIMIT and not names:
        raise ValueError(_("too few"))
    found: "int" = number + 1
    for name in names:
        if name:
            break
    return found == len(names)


def twice(function):
    def both():
        return function() * 2
    return both


@twice
def three():
    return 3
'''
SAID = [
    (9, "Lt becomes LtE"),
    (9, "not is gone"),
    (9, "And becomes Or"),
    (10, "nothing is raised"),
    (11, "1 becomes 2"),
    (11, "Add becomes Sub"),
    (11, "sets None"),
    (14, "goes on instead of stopping"),
    (13, "the condition is turned round"),
    (15, "Eq becomes NotEq"),
    (15, "returns None"),
    (20, "2 becomes 3"),
    (20, "Mult becomes Add"),
    (20, "returns None"),
    (21, "returns None"),
    (26, "3 becomes 4"),
    (26, "returns None"),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "small.py"
    file.write_text(SOURCE)
    return file


@pytest.fixture
def small(path: Path) -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("small", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["small"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["small"]


def test_every_change_of_meaning_is_found_and_nothing_that_readers_see(path: Path) -> None:
    found = mutants(path)
    assert [(one.line, one.said) for one in found] == SAID
    assert [one.number for one in found] == list(range(len(SAID)))
    assert str(found[0]) == "small.py:9: Lt becomes LtE"


def test_each_change_is_one_and_keeps_its_lines(path: Path) -> None:
    texts = {ast.unparse(damaged(one)) for one in mutants(path)}
    assert len(texts) == len(SAID)
    assert ast.unparse(ast.parse(SOURCE)) not in texts
    for one in mutants(path):
        functions = [node for node in ast.walk(damaged(one)) if isinstance(node, ast.FunctionDef)]
        assert sorted(node.lineno for node in functions) == [5, 18, 19, 25]


def mutant(path: Path, said: str, line: int) -> Mutant:
    return next(one for one in mutants(path) if (one.line, one.said) == (line, said))


def test_living_functions_take_the_damage_even_behind_a_decorator(path: Path, small: ModuleType) -> None:
    def run(said: str, line: int) -> int | None:
        def damaged_value() -> int:
            return int(small.three()) if killing.exchange(mutant(path, said, line)) else 100

        return killing.forked(damaged_value, 30)

    assert small.three() == 6
    assert run("3 becomes 4", 26) == 8
    assert run("Mult becomes Add", 20) == 5
    assert small.three() == 6


def test_what_hangs_is_ended() -> None:
    def hang() -> int:
        while True:
            pass

    assert killing.forked(hang, 0.2) is None
    assert killing.forked(lambda: 3, 30) == 3


def test_every_part_of_the_core_has_modules_and_tests() -> None:
    assert len({part.name for part in core.PARTS}) == len(core.PARTS)
    for part in core.PARTS:
        assert part.files()
        for pattern in (*part.modules,):
            assert list(core.SOURCE.glob(pattern)), pattern
        for pattern in part.tests:
            assert list(core.ROOT.glob(pattern)), pattern
    assert core.parts([]) == list(core.PARTS)
    assert [part.name for part in core.parts(["journal"])] == ["journal"]


def loaded(path: Path, source: str) -> ModuleType:
    path.write_text(source)
    spec = importlib.util.spec_from_file_location("thammuu.small", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_two_functions_of_one_line_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "twins.py"
    twins = loaded(path, "BOTH = (lambda: 3, lambda: 3)\n")
    first, second = mutants(path)

    def both(change: Mutant) -> int | None:
        return killing.forked(lambda: twins.BOTH[0]() * 10 + twins.BOTH[1]() if killing.exchange(change) else 100, 30)

    assert both(first) == 43
    assert both(second) == 34


def test_what_a_cached_function_kept_is_forgotten_at_each_change(tmp_path: Path) -> None:
    path = tmp_path / "kept.py"
    kept = loaded(path, "from functools import cache\n\n\n@cache\ndef three():\n    return 3\n")
    assert kept.three() == 3
    change = mutant(path, "3 becomes 4", 6)
    assert killing.forked(lambda: kept.three() if killing.exchange(change) else 100, 30) == 4
    assert kept.three() == 3


def test_examples_are_the_same_in_every_run_and_are_not_made_smaller() -> None:
    usual = hypothesis.settings.default
    assert usual is not None

    def examples() -> int:
        drawn: list[list[int]] = []
        take_time()
        assert hypothesis.settings.default is not None and hypothesis.settings.default.database is None

        @hypothesis.given(strategies.integers(min_value=0, max_value=10**9))
        def law(number: int) -> None:
            drawn[-1].append(number)
            assert number < 10**6

        for _run in range(2):
            drawn.append([])
            with pytest.raises(AssertionError):
                law()
        # The one that fails is run once more, to tell of it.
        return 7 if drawn[0] == drawn[1] and len({number for number in drawn[0] if number >= 10**6}) == 1 else 1

    assert killing.forked(examples, 60) == 7
    assert hypothesis.settings.default is usual


@pytest.mark.django_db(transaction=True)
def test_a_flush_leaves_what_migrations_put_there() -> None:
    for _flush in range(2):
        call_command("flush", verbosity=0, interactive=False)
        assert [(epoch.number, epoch.first_position) for epoch in Epoch.objects.all()] == [(1, 1)]
        assert [state.settled for state in SealerState.objects.all()] == [0]


def test_after_a_hang_the_database_is_made_anew_whoever_holds_it(django_db_blocker: DjangoDbBlocker) -> None:
    known = connection.get_connection_params()
    name = "test_after_a_hang"
    keys = ("host", "port", "user", "password")
    server = {key: known[key] for key in keys if known.get(key)}

    def make() -> int:
        # The parent's connection is not the child's to use.
        connection.connection = None
        connection.settings_dict["TEST"]["NAME"] = name
        with django_db_blocker.unblock():
            return killing.make_database()

    with psycopg.connect(dbname="postgres", autocommit=True, **server) as own:
        own.execute(f"CREATE DATABASE {name}")
        try:
            with closing(psycopg.connect(dbname=name, **server)) as holding:
                holding.execute("CREATE TABLE left_behind ()")
                holding.commit()
                holding.execute("SELECT FROM left_behind")
                assert killing.forked(make, killing.DATABASE_SECONDS) == 0
            with closing(psycopg.connect(dbname=name, **server)) as made:
                found = made.execute("SELECT to_regclass('left_behind')::text, to_regclass('journal_entry')::text")
                assert found.fetchone() == (None, "journal_entry")
        finally:
            own.execute(f"DROP DATABASE {name} WITH (FORCE)")
