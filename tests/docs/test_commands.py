"""Commands in the documentation exist as written; those marked `<!-- runs -->` are run."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from typer.main import get_command

from checks.finding import CHECKS, ROOT
from thammuu import __version__
from thammuu.config.cli.app import app

BLOCK = re.compile(r"^(<!-- runs -->\n)?```console\n(.*?)^```", re.M | re.S)
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M))
INLINE = re.compile(r"`((?:thammuu|make|python -m) [^`]+)`")
PATH = re.compile(r"`((?:src|tests|checks|docs|benchmarks)/[\w./-]+)`")


def commands() -> Iterator[tuple[str, str, bool]]:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        name = page.relative_to(ROOT).as_posix()
        for marked, block in BLOCK.findall(text):
            for line in block.splitlines():
                yield name, line.removeprefix("$ "), bool(marked)
        for line in INLINE.findall(text):
            yield name, line, False


COMMANDS = sorted(set(commands()))


@pytest.mark.parametrize(("page", "command", "_runs"), COMMANDS)
def test_the_command_exists(page: str, command: str, _runs: bool) -> None:
    words = shlex.split(command)
    fault = {"thammuu": _thammuu, "make": _make, "python": _python, "pip": _pip}[words[0]](words[1:])
    assert not fault, f"{page}: {command}: {fault}"


def _thammuu(words: list[str]) -> str:
    return _command(get_command(app), words)


def _command(group: object, words: list[str]) -> str:
    known = getattr(group, "commands")  # noqa: B009 - a click group, whose type typer does not tell
    if words and words[0].startswith("-"):
        return "" if words[0] in ("--help", "-h") else "no such option"
    if not words or words[0] not in known:
        return "no such command"
    if hasattr(known[words[0]], "commands") and words[1:]:
        return _command(known[words[0]], words[1:])
    options = {option for parameter in known[words[0]].params for option in parameter.opts} | {"--help"}
    return " ".join(word for word in words[1:] if word.startswith("-") and word not in options)


def _make(words: list[str]) -> str:
    return " ".join(word for word in words if "=" not in word and word not in TARGETS)


def _python(words: list[str]) -> str:
    if words[0] != "-m" or find_spec(words[1]) is None:
        return "no such module"
    if words[1] == "checks":
        return " ".join(word for word in words[2:] if word not in CHECKS)
    if words[1] == "pytest":
        return " ".join(word for word in words[2:] if not (ROOT / word).exists())
    return ""


def _pip(words: list[str]) -> str:
    return "" if words == ["install", f"dist/thammuu-{__version__}-py3-none-any.whl"] else "not our wheel"


@pytest.mark.parametrize("command", [command for _page, command, runs in COMMANDS if runs])
def test_the_marked_command_runs(command: str) -> None:
    words = [sys.executable if word == "python" else word for word in shlex.split(command)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_files_that_are_named_exist(page: Path) -> None:
    named = {path for path in PATH.findall(page.read_text(encoding="utf-8"))}
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


def test_every_setting_of_the_environment_is_described() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/thammuu").rglob("*.py"))
    described = (ROOT / "docs/operators/run.md").read_text(encoding="utf-8")
    settings = set(re.findall(r"\bTHAMMUU_[A-Z_]*[A-Z]\b", source))
    assert len(settings) > 4
    assert [name for name in sorted(settings) if f"`{name}`" not in described] == []
