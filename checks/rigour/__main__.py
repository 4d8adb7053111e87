"""The command: measures the core, and exits with 1 where it is less rigorous than promised."""

import argparse
import os
import random
import subprocess
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from multiprocessing import get_context

from checks.finding import ROOT
from checks.rigour import __doc__ as what_it_does
from checks.rigour.core import PARTS, SOURCE, Part, parts, tests_of
from checks.rigour.killing import IMPOSSIBLE, KILLED, SURVIVED, judge
from checks.rigour.mutating import mutants
from checks.rigour.reach import Reach, measure, take_time

GOAL_LINES = 90
GOAL_MUTANTS = 90


def main(words: list[str]) -> int:
    """Run one of the three measurements."""
    parser = argparse.ArgumentParser(prog="python -m checks.rigour", description=what_it_does)
    parser.add_argument("what", choices=["coverage", "lines", "mutants"])
    parser.add_argument("parts", nargs="*", choices=[[], *(part.name for part in PARTS)], default=[])
    parser.add_argument("--sample", type=int, metavar="N", help="judge N mutants only, others in each release")
    given = parser.parse_args(words)
    os.chdir(ROOT)
    os.environ.setdefault("THAMMUU_LANGUAGE", "en")
    if given.what == "lines":
        return report_lines()
    from thammuu.config.supervisor.throw_away import throw_away_database

    with throw_away_database() as url:
        os.environ["DATABASE_URL"] = url
        chosen = parts(given.parts)
        # In a process of its own, so that the modules' first import is measured too.
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            reach = pool.submit(measure, chosen).result()
        if reach.status:
            return reach.status
        gaps = report_coverage(reach)
        return gaps if given.what == "coverage" else report_mutants(chosen, reach, given.sample) or gaps


def report_coverage(reach: Reach) -> int:
    """Say what the tests of the core never reach."""
    for gap in reach.gaps:
        print(gap)
    print(f"core: {reach.branches} branches, {len(reach.gaps) or 'no'} gaps")
    return 1 if reach.gaps else 0


def report_lines() -> int:
    """Run every test, measured in every process, and say how many lines were reached."""
    run = [sys.executable, "-m", "coverage"]
    (ROOT / "var" / "coverage").mkdir(parents=True, exist_ok=True)
    subprocess.run([*run, "erase"], check=True)
    measured = subprocess.run([*run, "run", "-m", "pytest"]).returncode
    subprocess.run([*run, "combine", "--quiet"], check=True)
    return subprocess.run([*run, "report", f"--fail-under={GOAL_LINES}"]).returncode or measured


def report_mutants(chosen: list[Part], reach: Reach, sample: int | None) -> int:
    """Damage the core in one place after the other and say what no test notices."""
    take_time()
    _import_everything(chosen)
    found = [mutant for part in chosen for path in part.files() for mutant in mutants(path)]
    if sample:
        from thammuu import __version__

        found = random.Random(__version__).sample(found, min(sample, len(found)))  # noqa: S311 - no secret
    counts: dict[str, Counter[str]] = {}
    for mutant in found:
        verdict = judge(mutant, reach)
        counts.setdefault(mutant.path.relative_to(SOURCE).as_posix(), Counter())[verdict] += 1
        if verdict == SURVIVED:
            print(mutant.path.relative_to(SOURCE).parent / str(mutant), flush=True)
    for name, counted in counts.items():
        print(f"{name}: {counted[KILLED]} of {counted[KILLED] + counted[SURVIVED]} killed")
    total = sum(counts.values(), Counter[str]())
    judged = total[KILLED] + total[SURVIVED]
    percent = 100 * total[KILLED] / max(1, judged)
    print(f"core: {total[KILLED]} of {judged} mutants killed, {percent:.1f} % (not possible: {total[IMPOSSIBLE]})")
    return 0 if percent >= GOAL_MUTANTS else 1


def _import_everything(chosen: list[Part]) -> None:
    """Import the product with its pages, and the parts with their tests, here, so that no mutant's process has to."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thammuu.config.settings")
    django.setup()
    for name in ("thammuu.config.urls", "tests.ground", "tests.chromium"):
        import_module(name)
    for part in chosen:
        for path in part.files():
            import_module(".".join(("thammuu", *path.relative_to(SOURCE).with_suffix("").parts)))
    for name in tests_of(chosen):
        for path in sorted((ROOT / name).glob("test_*.py")) or [ROOT / name]:
            import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
