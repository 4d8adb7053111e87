"""A drill at a million entries: fetch, replay, verify journal, tables and attachments, in a fresh folder.

The journal and the duty log are written by COPY, sealed by the product's sealer, then backed up; some entries more
come after the base backup, so that there is a log to replay. The reference is copying the database's files once.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg
from pyrage.x25519 import Identity

from benchmarks._ground import installation
from benchmarks._watch_year import told
from benchmarks.verify import seal, write

GOAL = {"drill_seconds_per_million": 300}
AFTERWARDS = 20
"""One entry in so many comes after the base backup."""
LEAST = 0.1
"""Of the goal: below 100,000 entries starting and stopping servers is what takes time."""
DOCUMENTS = 200
DOCUMENT_BYTES = 1_000_000


def run(arguments: Sequence[str]) -> dict[str, Any]:
    """Measure all in one run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks restore")
    parser.add_argument("--entries", type=int, default=1_000_000)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="thammuu-store-") as around:
        key = _wanted(Path(around))
        with installation(archiving=True):
            late = options.entries // AFTERWARDS
            write(options.entries - late)
            _documents()
            seal()
            _carry()
            began = time.perf_counter()
            taken = _thammuu("backup")
            backing_up = time.perf_counter() - began
            told(f"  backed up: {taken['size'] / 1e6:.0f} MB")
            write(late)
            seal()
            _carry()
            began = time.perf_counter()
            drill = _thammuu("drill", "--key", str(key))
            lasted = time.perf_counter() - began
            reference = _copy()
    assert drill["sound"] and drill["lost"] == 0 and drill["attachments"] == DOCUMENTS, drill["faults"]
    assert options.entries <= drill["entries"], drill["entries"]
    figures = {
        "entries": drill["entries"],
        "backup_seconds": round(backing_up, 1),
        "backup_mb": round(taken["size"] / 1e6),
        "drill_seconds": round(lasted, 1),
        **{f"{step}_seconds": seconds for step, seconds in drill["seconds"].items() if step != "total"},
    }
    return {
        "figures": figures,
        "reference": {"copying_seconds": round(reference, 1)},
        "ratio": round(lasted / max(reference, 0.1), 2),
        "goal": GOAL,
        "met": lasted <= GOAL["drill_seconds_per_million"] * max(LEAST, options.entries / 1_000_000),
    }


def _wanted(around: Path) -> Path:
    """Set backups up, into a folder of their own; return the file with the key."""
    made, key = Identity.generate(), around / "recipient.key"
    key.write_text(f"{made}\n")
    os.environ.update(THAMMUU_BACKUP_FOLDER=str(around / "store"), THAMMUU_BACKUP_RECIPIENT=str(made.to_public()))
    return key


def _documents() -> None:
    """Hand documents in, each of its own content."""
    from django.core.files.base import ContentFile

    from thammuu.kernel import clock
    from thammuu.kernel.ids import new_id
    from thammuu.org.authority import SYSTEM
    from thammuu.paper.actions import store_attachment
    from thammuu.paper.intake import take_in

    for number in range(DOCUMENTS):
        content = os.urandom(DOCUMENT_BYTES // 2).hex().encode()
        kept = take_in(ContentFile(content, f"{number}.txt"))
        store_attachment(actor=SYSTEM, now=clock.now(), file=kept, units=[new_id()])


def _carry() -> None:
    """Close the segment, and carry everything into the store, as the worker does all the time."""
    from django.conf import settings

    from thammuu.config.backup.plan import read_plan
    from thammuu.config.backup.taking import shipping_of
    from thammuu.config.supervisor.credentials import read_credentials

    shipping, credentials = shipping_of(settings.HOME, read_plan(settings.HOME)), read_credentials(settings.HOME)
    assert credentials is not None
    with psycopg.connect(credentials.superuser_url(), autocommit=True) as own:
        own.execute("CHECKPOINT")
        row = own.execute("SELECT pg_walfile_name(pg_switch_wal())").fetchone()
    assert row is not None
    while not (shipping.archive / str(row[0])).exists():
        shipping.ship()
        time.sleep(0.1)
    shipping.ship()


def _thammuu(*arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "thammuu", *arguments, "--json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    answered: dict[str, Any] = json.loads(done.stdout)
    return answered


def _copy() -> float:
    """Copy the database's files once, in this process."""
    from django.conf import settings

    from thammuu.config.supervisor.account import server_account
    from thammuu.config.supervisor.places import find_places

    data = find_places(settings.HOME, server_account()).data
    with tempfile.TemporaryDirectory(prefix="thammuu-copy-") as target:
        began = time.perf_counter()
        shutil.copytree(data, Path(target) / "data", ignore=shutil.ignore_patterns("pg_wal"))
        return time.perf_counter() - began
