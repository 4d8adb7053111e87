"""Verifying a journal of a million entries with bodies, comparing the tables with it, proving one entry.

The journal and the duty log are written by COPY into an installation of their own; the product's sealer gives the
positions and lets the tree grow. The reference is reading the same rows once by COPY, in one process, without hashing.
"""

import argparse
import hashlib
import random
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from benchmarks._ground import installation
from benchmarks._watch_year import SYLLABLES, copy, told, words_of

GOAL = {"verify_seconds_per_million": 60, "tables_seconds_per_million": 120}
BATCH = 50_000
LINKED = 10
ENTRY = (
    "id, kind, version, world, classification, units, claimed_at, recorded_at, subject_kind, subject_id, body_digest"
)


def run(arguments: Sequence[str]) -> dict[str, Any]:
    """Measure all in one run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks verify")
    parser.add_argument("--entries", type=int, default=1_000_000)
    options = parser.parse_args(arguments)
    with installation():
        write(options.entries)
        sealing = seal()
        figures = {
            "entries": options.entries,
            "sealed_per_second": round(options.entries / sealing),
            "verify_seconds": round(_verify(), 1),
            "tables_seconds": round(_tables(), 1),
            "prove_ms": round(_prove(options.entries) * 1000, 1),
        }
        reference = round(_read(), 1)
    millions = options.entries / 1_000_000
    return {
        "figures": figures,
        "reference": {"reading_seconds": reference},
        "ratio": round(figures["verify_seconds"] / max(reference, 0.1), 2),
        "goal": GOAL,
        "met": figures["verify_seconds"] <= GOAL["verify_seconds_per_million"] * millions
        and figures["tables_seconds"] <= GOAL["tables_seconds_per_million"] * millions,
    }


def write(count: int) -> None:
    """Write so many entries, with bodies, lines of the duty log and links."""
    from django.db import connection

    lines = _lines(count)
    written = 0
    while batch := list(islice(lines, BATCH)):
        copy(f"journal_entry ({ENTRY})", (entry for entry, _body, _row, _link in batch))
        copy("journal_body (entry, salt, text)", (body for _entry, body, _row, _link in batch))
        columns = ", ".join(_log_columns())
        copy(f"watch_log_entry ({columns})", (row for _entry, _body, row, _link in batch))
        copy(
            "journal_link (entry, relation, from_kind, from_id, to_kind, to_id)",
            (link for _entry, _body, _row, link in batch if link),
        )
        written += len(batch)
        told(f"  {written} entries")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _log_columns() -> tuple[str, ...]:
    """Return what is told of a line; the other columns have what the database gives them."""
    return ("id", *_state([UUID(int=0)] * 2, "", datetime.now(UTC)))


def _lines(count: int) -> Iterator[tuple[Any, ...]]:
    """Yield entry, body, row of the duty log and link, as the product would have written them."""
    from thammuu.journal.facts import canonical, plain
    from thammuu.kernel.ids import new_id

    chance = random.Random(11)
    units = [new_id() for _number in range(200)]
    start = datetime(2025, 11, 1, tzinfo=UTC)
    names = _log_columns()
    for number in range(count):
        at, mine = start + timedelta(seconds=30 * number), [units[0], chance.choice(units)]
        state = _state(mine, words_of(chance, SYLLABLES, number), at)
        id, subject = new_id(), new_id()
        links = [["concerns", "unit", str(mine[1])]] if number % LINKED == 0 else []
        text = canonical({"sets": {name: plain(state[name]) for name in state}, "context": {}, "links": links})
        salt = chance.randbytes(16)
        digest = hashlib.sha256(salt + text.encode()).digest()
        entry = (id, "watch.log_entry_written", 1, "real", 0, mine, at, at, "log_entry", subject, digest)
        link = (id, "concerns", "log_entry", subject, "unit", mine[1]) if links else None
        yield entry, (id, salt, text), tuple({"id": subject, **state}[name] for name in names), link


def _state(units: list[UUID], text: str, at: datetime) -> dict[str, Any]:
    return {
        "world": "real", "units": units, "event_id": None, "unit_id": units[1], "kind": "report", "happened_at": at,
        "recorded_at": at, "text": text, "place_text": "", "lat": None, "lon": None, "incident_id": None,
        "attachments": [], "account_id": None, "post_id": None, "struck_at": None, "struck_reason": "",
        "struck_post_id": None,
    }  # fmt: skip


def seal() -> float:
    """Seal as the sealer does, signing now and then; return the seconds."""
    from thammuu.config.working import connect
    from thammuu.journal.proofs.keeping import read_signer
    from thammuu.journal.proofs.notary import Notary
    from thammuu.journal.proofs.tree import load_tree
    from thammuu.journal.sealer import BATCH as SEALED_AT_ONCE
    from thammuu.journal.sealer import seal_once

    notary = Notary(read_signer(_home()), every=0.0)
    with connect() as own:
        tree, settled = load_tree(own), 0
        began = time.perf_counter()
        while count := seal_once(own, settled, tree):
            notary.sign_when_due(own, tree)
            # As the settling does, without waiting for it: nothing else writes here.
            settled += SEALED_AT_ONCE if count == SEALED_AT_ONCE else 0
        lasted = time.perf_counter() - began
        own.execute("INSERT INTO journal_sealer SELECT 1, max(sequence) FROM journal_entry ON CONFLICT DO NOTHING")
    return lasted


def _home() -> Any:
    from django.conf import settings

    return settings.HOME


def _verify() -> float:
    from thammuu.config.working import connect, parameters
    from thammuu.journal.proofs.keeping import read_verifier
    from thammuu.journal.proofs.verifying import verify

    began = time.perf_counter()
    with connect() as own:
        report = verify(own, parameters(), read_verifier(_home()))
    assert report.sound, report.faults[:3]
    return time.perf_counter() - began


def _tables() -> float:
    from thammuu.journal.proofs.tables import compare_tables

    return _timed(lambda: _none(list(compare_tables())))


def _prove(count: int) -> float:
    from thammuu.config.working import connect
    from thammuu.journal.proofs.extracts import Choice, extract
    from thammuu.journal.proofs.keeping import read_signer
    from thammuu.journal.proofs.notary import Notary

    signer = read_signer(_home())
    assert signer is not None
    with connect() as own:
        note = Notary(signer).sign_stored(own)
        return _timed(lambda: _one(extract(own, signer, note, Choice(positions=(count // 3,)))[1]))


def _read() -> float:
    from thammuu.config.working import connect
    from thammuu.journal.proofs.hashing import RANGE

    def read() -> None:
        with connect() as own, own.cursor() as cursor, cursor.copy(RANGE, [1, 2**40]) as stream:
            for _block in stream:
                pass

    return _timed(read)


def _timed(what: Callable[[], None]) -> float:
    began = time.perf_counter()
    what()
    return time.perf_counter() - began


def _none(found: list[Any]) -> None:
    assert not found, found[:3]


def _one(count: int) -> None:
    assert count == 1
