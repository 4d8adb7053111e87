"""The damage that the core's tests must notice: what is changed, what is left alone, and that it takes effect."""

import ast
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from checks.rigour import core, killing
from checks.rigour.mutating import Mutant, damaged, mutants

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
