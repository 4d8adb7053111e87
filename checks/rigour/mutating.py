"""The damage: small changes of meaning, one at a time, inside the functions of a module. Pure.

What only readers see (docstrings, messages, log lines) is left alone, and so are annotations and assertions.
"""

import ast
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar, cast

N = TypeVar("N", bound=ast.AST)

OPERATORS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult, ast.LShift: ast.RShift, ast.RShift: ast.LShift, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitAnd,
}  # fmt: skip
FOR_READERS = frozenset({"_", "gettext", "ngettext", "log", "Refusal"})
"""Calls of these only say something to a reader."""


@dataclass(frozen=True)
class Mutant:
    """One change: the `number`th of its file, at a line."""

    path: Path
    number: int
    line: int
    said: str

    def __str__(self) -> str:
        return f"{self.path.name}:{self.line}: {self.said}"


def mutants(path: Path) -> list[Mutant]:
    """Return every change of a module."""
    damage = _Damage(wanted=-1)
    damage.visit(ast.parse(path.read_text(encoding="utf-8")))
    return [Mutant(path, number, line, said) for number, (line, said) in enumerate(damage.places)]


def damaged(mutant: Mutant) -> ast.Module:
    """Return the module with the change, its lines where they were."""
    tree = ast.parse(mutant.path.read_text(encoding="utf-8"))
    _Damage(wanted=mutant.number).visit(tree)
    return ast.fix_missing_locations(tree)


class _Damage(ast.NodeTransformer):
    """Counts the places of change and makes the wanted one."""

    def __init__(self, wanted: int) -> None:
        self.wanted = wanted
        self.places: list[tuple[int, str]] = []
        self.inside = 0

    def visit(self, node: ast.AST) -> ast.AST:
        """Visit what is below first, so that a change inside is counted before the change of the whole."""
        if _is_for_readers(node):
            return node
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            return self._function(node)
        if isinstance(node, ast.AnnAssign):
            node.value = self._seen(node.value) if node.value else None
        elif not isinstance(node, ast.Raise):
            node = self.generic_visit(node)
        if not self.inside:
            return node
        for said, change in _changes(node):
            self.places.append((getattr(node, "lineno", 0), said))
            if len(self.places) - 1 == self.wanted:
                return ast.copy_location(change(), node)
        return node

    def _seen(self, node: N) -> N:
        """Visit a part; what takes its place is of its kind."""
        return cast(N, self.visit(node))

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> ast.AST:
        self.inside += 1
        if isinstance(node, ast.Lambda):
            node.body = self._seen(node.body)
        else:
            start = 1 if ast.get_docstring(node, clean=False) is not None else 0
            node.body[start:] = [self._seen(statement) for statement in node.body[start:]]
        self.inside -= 1
        return node


def _is_for_readers(node: ast.AST) -> bool:
    if isinstance(node, ast.Assert):
        return True
    if isinstance(node, ast.Call):
        called = node.func
        while isinstance(called, ast.Attribute):
            called = called.value
        return isinstance(called, ast.Name) and called.id in FOR_READERS
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


Change = tuple[str, Callable[[], ast.AST]]


def _changes(node: ast.AST) -> Iterator[Change]:
    """Yield what may be done to a node: in words, and the node that it becomes."""
    if isinstance(node, ast.expr):
        yield from _other_expression(node)
    elif isinstance(node, ast.AugAssign) and type(node.op) in OPERATORS:
        yield _named(node.op), lambda: _with(node, "op", OPERATORS[type(node.op)]())
    elif isinstance(node, ast.Return | ast.Assign | ast.AnnAssign):
        yield from _no_value(node)
    elif isinstance(node, ast.Raise):
        yield "nothing is raised", ast.Pass
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and not _is_for_readers(node.value):
        yield "the call is gone", ast.Pass
    elif isinstance(node, ast.Break):
        yield "goes on instead of stopping", ast.Continue
    elif isinstance(node, ast.Continue):
        yield "stops instead of going on", ast.Break
    if isinstance(node, ast.If | ast.While | ast.IfExp) and isinstance(node.test, ast.Name | ast.Attribute | ast.Call):
        yield "the condition is turned round", lambda: _with(node, "test", ast.UnaryOp(ast.Not(), node.test))


def _other_expression(node: ast.expr) -> Iterator[Change]:
    if isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            ops = [*node.ops[:place], OPERATORS[type(operator)](), *node.ops[place + 1 :]]
            yield _named(operator), partial(_with, node, "ops", ops)
    elif isinstance(node, ast.BoolOp | ast.BinOp) and type(node.op) in OPERATORS:
        yield _named(node.op), lambda: _with(node, "op", OPERATORS[type(node.op)]())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "not is gone", lambda: node.operand
    elif isinstance(node, ast.Constant):
        yield from _other_constant(node)


def _no_value(node: ast.Return | ast.Assign | ast.AnnAssign) -> Iterator[Change]:
    unpacks = isinstance(node, ast.Assign) and not isinstance(node.targets[0], ast.Name | ast.Attribute)
    if node.value is not None and not _is_none(node.value) and not unpacks:
        said = "returns None" if isinstance(node, ast.Return) else "sets None"
        yield said, lambda: _with(node, "value", ast.Constant(None))


def _named(operator: ast.AST) -> str:
    return f"{type(operator).__name__} becomes {OPERATORS[type(operator)].__name__}"


def _other_constant(node: ast.Constant) -> Iterator[Change]:
    value = node.value
    if isinstance(value, bool):
        yield f"{value} becomes {not value}", lambda: ast.Constant(not value)
    elif isinstance(value, int | float):
        yield f"{value} becomes {value + 1}", lambda: ast.Constant(value + 1)
    elif isinstance(value, str) and value.strip():
        yield f"{value[:20]!r} becomes another text", lambda: ast.Constant(f"XX{value}XX")
    elif isinstance(value, bytes) and value:
        yield f"{value[:20]!r} becomes other bytes", lambda: ast.Constant(b"XX" + value)


def _with(node: ast.AST, name: str, value: object) -> ast.AST:
    new = deepcopy(node)
    setattr(new, name, value)
    return new


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
