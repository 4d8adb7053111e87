"""Search and the time machine over a journal of a million entries, filtered by authority.

The journal, the index and the incidents are written by COPY into a database of their own; what is measured is the
product's code. The reference is a plain ILIKE over the same texts, filtered and ordered in the same way.
"""

import argparse
import os
import random
import statistics
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from benchmarks._watch_year import SPAN, START, Tree, told, write
from thammuu.config.supervisor.throw_away import throw_away_database

if TYPE_CHECKING:
    from thammuu.kernel.actor import Actor

GOAL = {"word_p95_ms": 50, "phrase_p95_ms": 250, "time_machine_p95_ms": 500}
WORDS = [
    "cháy", "chay", "ngập", "lũ", "hòa", "hoà", "bình", "điện", "cầu", "rừng", "khói", "kho", "gas", "bão", "sân",
    "vé", "cổng", "chốt", "đê", "vỡ", "nổ", "tàu", "xăng", "tich", "thương", "an ninh", "giao thong", "ùn tắc",
    "cháy rừng", "bệnh viện", "ma0", "ma1", "ma2", "ma3", "ma4", "ma5", "hiem0", "hiem1", "hiem2", "hiem3", "hiem4",
    "khongco", "lũ ngập bão", "trực ban",
]  # fmt: skip
PHRASES = [
    '"cháy chợ"', '"chay cho"', '"giao thông"', '"bệnh viện"', '"sân vận động"', '"san van dong"', '"ùn tắc"',
    '"lực lượng công an"', '"mất tích"', '"di dời"', '"đã xử lý xong"', '"xe tải" cháy', '"cấp cứu"', '"kho xăng"',
    '"cháy rừng"', '"vỡ đê"', '"ma1 ma2"', '"trường học"', '"phân luồng giao thông"', '"hòa bình"',
]  # fmt: skip


def run(arguments: Sequence[str]) -> dict[str, Any]:
    """Write the journal, measure each reader, return the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks search")
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
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
        with connection.cursor():
            began = time.perf_counter()
            write(options.entries, tree)
            told(f"{options.entries} entries written in {time.perf_counter() - began:.0f} s")
        try:
            return measure(options.entries, options.rounds, tree)
        finally:
            connection.close()


def measure(entries: int, rounds: int, tree: Tree) -> dict[str, Any]:
    """Time words, phrases and the time machine for each reader, and the reference."""
    from thammuu.desk.searching import Asked, search
    from thammuu.desk.time_machine import board_at

    figures: dict[str, Any] = {"entries": entries}
    chance = random.Random(3)
    moments = [START + SPAN * chance.random() for _number in range(20)]
    for name, reader in tree.readers().items():
        figures[name] = {
            "word": timed(partial(search, reader), [Asked(typed) for typed in WORDS], rounds),
            "phrase": timed(partial(search, reader), [Asked(typed) for typed in PHRASES], rounds),
            "time_machine": timed(partial(board_at, reader), moments, rounds),
        }
        told(f"{name}: {figures[name]}")
    reference = {name: timed(partial(plain, reader), WORDS[::4], 1) for name, reader in tree.readers().items()}
    worst = {
        f"{what}_p95_ms": max(figures[name][what]["p95_ms"] for name in reference)
        for what in ("word", "phrase", "time_machine")
    }
    slowest = max(each["p95_ms"] for each in reference.values())
    return {
        "figures": {**worst, **figures},
        "reference": {"what": "ILIKE over the same texts, filtered and ordered alike", **reference},
        "ratio": round(slowest / worst["word_p95_ms"], 1),
        "goal": GOAL,
        "met": all(worst[name] <= bound for name, bound in GOAL.items()),
    }


def timed(act: Callable[[Any], object], given: Sequence[Any], rounds: int) -> dict[str, Any]:
    """Run the act over what is given, `rounds` times after one that warms up; milliseconds."""
    for each in given:
        act(each)
    taken: list[tuple[float, str]] = []
    for _round in range(rounds):
        for each in given:
            began = time.perf_counter()
            act(each)
            taken.append(((time.perf_counter() - began) * 1000, str(getattr(each, "typed", each))))
    spans = sorted(span for span, _what in taken)
    slowest = max(taken)
    return {
        "p50_ms": round(statistics.median(spans), 1),
        "p95_ms": round(spans[int(len(spans) * 0.95)], 1),
        "max_ms": round(slowest[0], 1),
        "slowest": slowest[1],
    }


def plain(reader: "Actor", typed: str) -> object:
    """The reference: the newest fifty entries whose text contains the words, by ILIKE."""
    from django.db import connection

    units = None if reader.scope.units is None else list(reader.scope.units)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT position, text FROM desk_search WHERE text ILIKE %s AND (%s::uuid[] IS NULL OR units && %s)"
            " ORDER BY position DESC LIMIT 50",
            [f"%{typed}%", units, units],
        )
        return cursor.fetchall()
