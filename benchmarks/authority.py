"""What the filter of authority adds to the list of the duty log, over a million entries.

The rows are written by COPY into a database of their own. Measured is the product's own query as the page runs it (the
newest 50 rows, and the count of all), for a reader of a commune, of a province and of the ministry; the reference is
the same query without the filter, measured in turn with it.
"""

import argparse
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from benchmarks._watch_year import SPAN, START, SYLLABLES, Tree, copy, told, units_of, words_of
from thammuu.config.supervisor.throw_away import throw_away_database

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from thammuu.watch.models import LogEntry

GOAL = {"added_percent": 20}
COLUMNS = (
    "id", "world", "units", "unit_id", "kind", "happened_at", "recorded_at", "text", "place_text", "attachments",
    "struck_reason",
)  # fmt: skip
PAGE = 50


def run(arguments: Sequence[str]) -> dict[str, Any]:
    """Write the log, measure each reader, return the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks authority")
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=40)
    options = parser.parse_args(arguments)
    with throw_away_database() as url:
        os.environ["DATABASE_URL"] = url
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thammuu.config.settings")
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        tree = Tree()
        try:
            copy(f"watch_log_entry ({', '.join(COLUMNS)})", rows(options.entries, tree))
            vacuum("watch_log_entry")
            return measure(options.entries, options.rounds, tree)
        finally:
            connection.close()


def rows(count: int, tree: Tree) -> Iterator[tuple[Any, ...]]:
    """Yield log entries in the order of time: of the ministry and a commune of its, or of a province."""
    chance = random.Random(11)
    for number in range(1, count + 1):
        at = START + SPAN * (number / count)
        units, text = units_of(chance, tree), words_of(chance, SYLLABLES, number)
        kind = "report" if number % 3 else "note"
        yield (
            later_id(chance, at), "real", units, units[-1], kind, at, at + timedelta(seconds=5), text, "", [], "",
        )  # fmt: skip
        if number % 200_000 == 0:
            told(f"  {number} entries")


def vacuum(table: str) -> None:
    """Bring the table to where autovacuum keeps one in use: all pages visible, so that indexes alone can answer.

    Raises RuntimeError if something else in the database holds an old snapshot for good.
    """
    from django.db import connection

    with connection.cursor() as cursor:
        for _attempt in range(10):
            # The server's own autovacuum, analysing beside it, hides the rows from the first attempt.
            cursor.execute(f"VACUUM ANALYZE {table}")
            cursor.execute("SELECT relallvisible >= 0.99 * relpages FROM pg_class WHERE oid = %s::regclass", [table])
            if cursor.fetchone()[0]:
                return
            time.sleep(1)
    raise RuntimeError(f"the pages of {table} do not become visible")


def later_id(chance: random.Random, at: Any) -> UUID:
    """Return an id in the order of time, as the product makes them, the same in every run."""
    return UUID(int=(int(at.timestamp() * 1000) << 80) | (7 << 76) | (2 << 62) | chance.getrandbits(62))


def measure(entries: int, rounds: int, tree: Tree) -> dict[str, Any]:
    """Time the page's rows and its count for each reader, with the filter and without, turn by turn."""
    from thammuu.watch.models import LogEntry
    from thammuu.watch.queries import Filters, log_query

    every = LogEntry.objects.order_by("-id")
    figures: dict[str, Any] = {"entries": entries}
    for name, reader in tree.readers().items():
        figures[name] = {
            what: compared(
                lambda act=act, who=reader: act(log_query(who, Filters())), lambda act=act: act(every), rounds
            )
            for what, act in (("rows", newest), ("count", counted), ("page", page))
        }
        told(f"{name}: {figures[name]}")
    worst = max(figures[name]["page"]["added_percent"] for name in tree.readers())
    return {
        "figures": {"added_percent": worst, **figures},
        "reference": "the same query without the filter, measured in turn with it",
        "ratio": None,
        "goal": GOAL,
        "met": worst <= GOAL["added_percent"],
    }


def newest(found: "QuerySet[LogEntry]") -> int:
    """Read the rows of the first page."""
    return len(list(found[:PAGE]))


def counted(found: "QuerySet[LogEntry]") -> int:
    """Count every row."""
    return found.count()


def page(found: "QuerySet[LogEntry]") -> int:
    """Do both, as the page does."""
    return counted(found) + newest(found)


def compared(act: Callable[[], int], reference: Callable[[], int], rounds: int) -> dict[str, Any]:
    """Run both in turn, `rounds` times after two that warm up; medians in milliseconds."""
    spans: dict[str, list[float]] = {"with": [], "without": []}
    for number in range(rounds + 2):
        for name, call in (("with", act), ("without", reference)):
            began = time.perf_counter()
            call()
            if number >= 2:
                spans[name].append((time.perf_counter() - began) * 1000)
    found = {name: round(statistics.median(taken), 2) for name, taken in spans.items()}
    return {**found, "added_percent": round((found["with"] / found["without"] - 1) * 100)}
