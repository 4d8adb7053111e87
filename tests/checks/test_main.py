"""The command names the checks and says by its exit code whether the project is sound."""

import subprocess
import sys

from checks.finding import CHECKS, ROOT


def run(*names: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "checks", *names], cwd=ROOT, capture_output=True, text=True)


def test_one_check_runs_by_its_name() -> None:
    answer = run("examples")
    assert (answer.returncode, answer.stdout) == (0, "examples: sound\n")


def test_an_unknown_check_is_refused() -> None:
    answer = run("spelling")
    assert answer.returncode == 2
    assert all(name in answer.stderr for name in CHECKS)
