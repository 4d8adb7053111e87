"""Which lines and branches of the core its tests reach, and by which test."""

import functools
import gc
import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile

import coverage
import hypothesis
import pytest
from hypothesis import HealthCheck, Phase

from checks.finding import ROOT
from checks.rigour.core import Part, tests_of

OPTIONS = [
    *("-q", "--tb=no", "--reuse-db", "--disable-plugin-autoload", "-p", "pytest_django.plugin"),
    *("-p", "no:cacheprovider", "-p", "no:unraisableexception", "-p", "no:threadexception"),
]
"""Only what tests of the core need: those of a mutant take a second, all that pytest could do besides took four."""


@dataclass
class Reach:
    """`tests` that took a line of a file, by (path, line); `seconds` that each test took; `gaps` as text."""

    status: int = 0
    tests: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    gaps: list[str] = field(default_factory=list)
    branches: int = 0


class _Contexts:
    """Tells coverage which test runs, and keeps how long it took."""

    def __init__(self, measured: coverage.Coverage, reach: Reach) -> None:
        self.measured, self.reach = measured, reach

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> object:
        """Run the test in a context of its own."""
        self.measured.switch_context(item.nodeid)
        forget_results()
        began = time.monotonic()
        answer = yield
        self.reach.seconds[item.nodeid] = time.monotonic() - began
        return answer


def take_time() -> None:
    """Let examples take as long as they do: measured code is slow, and a slow machine is no fault of the core.

    They are the same in every run, none is remembered, and one that fails is not made smaller.
    """
    hypothesis.settings.register_profile(
        "rigour",
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    hypothesis.settings.load_profile("rigour")


def forget_results() -> None:
    """Empty the caches of the product's functions: what one kept, another code or another test worked out."""
    for kept in gc.get_objects():
        # By its type itself: to ask a lazy object for its class would wake it.
        if type(kept) is functools._lru_cache_wrapper and kept.__module__.startswith("thammuu."):
            kept.cache_clear()


def measure(parts: list[Part]) -> Reach:
    """Run the tests of the parts and return what they reached. Import nothing of the product before."""
    take_time()
    files = [path.as_posix() for part in parts for path in part.files()]
    measured = coverage.Coverage(
        data_file=None, branch=True, include=files, messages=False, concurrency=["thread"], config_file=False
    )
    measured.set_option(
        "report:exclude_lines",
        [r"pragma: no cover: \S", "if TYPE_CHECKING:", "class .*Protocol", 'if __name__ == "__main__":'],
    )
    reach = Reach()
    measured.start()
    reach.status = int(pytest.main([*OPTIONS, "--create-db", *tests_of(parts)], plugins=[_Contexts(measured, reach)]))
    measured.stop()
    data = measured.get_data()
    for name in files:
        for line, contexts in data.contexts_by_lineno(name).items():
            # What ran while tests were collected answers to all of them.
            reach.tests[name, line] = sorted(set(contexts) - {""}) or list(reach.seconds)
    _note_gaps(measured, reach)
    return reach


def _note_gaps(measured: coverage.Coverage, reach: Reach) -> None:
    with NamedTemporaryFile(suffix=".json") as file:
        measured.json_report(outfile=file.name)
        report = json.loads(Path(file.name).read_text())
    reach.branches = report["totals"]["num_branches"]
    for name, found in sorted(report["files"].items()):
        place = Path(name).resolve().relative_to(ROOT).as_posix()
        missing = found["missing_lines"]
        reach.gaps += [f"{place}:{line}: is never run" for line in missing]
        reach.gaps += [
            f"{place}:{start}: never goes on to {f'line {end}' if end > 0 else 'the end'}"
            for start, end in found["missing_branches"]
            if start not in missing
        ]
