"""Verifying the whole journal: every position, every column, every body, the tree, every checkpoint.

Worker processes read ranges of the journal and hash them; this process builds the tree over what they found and
compares its roots with what was signed. Nothing that is stored about the tree is believed.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import psycopg

from thammuu.journal.proofs import hashing
from thammuu.journal.proofs.cosigning import Cosigner
from thammuu.journal.proofs.epochs import judge
from thammuu.journal.proofs.hashing import CHUNK, Fault, Range
from thammuu.journal.proofs.notary import head_and_epoch
from thammuu.journal.proofs.notes import BadNote, Checkpoint, Verifier
from thammuu.journal.proofs.sharing import shared_out
from thammuu.journal.proofs.tree import WIDTH, Tile, Tree
from thammuu.journal.redaction.absences import absences, restated_faults
from thammuu.kernel import clock

Progress = Callable[[int, int], None]

DATABASE = "database"
MOST_FAULTS = 100
STRAYS = {
    "entry-unsealed": "SELECT e.id::text FROM journal_entry e WHERE e.sequence <= (SELECT settled FROM journal_sealer)"
    " AND NOT EXISTS (SELECT FROM journal_sealed s WHERE s.entry = e.id) LIMIT %s",
    "body-stray": "SELECT b.entry::text FROM journal_body b"
    " WHERE NOT EXISTS (SELECT FROM journal_entry e WHERE e.id = b.entry) LIMIT %s",
    "position-stray": "SELECT position::text FROM journal_sealed WHERE position < 1 LIMIT %s",
}
"""What a walk along the positions cannot meet: rows that stand beside it."""


@dataclass
class Report:
    """What verifying found. `checkpoints` were compared, `outside` of them from outside the database; `redacted` bodies
    are gone as two persons agreed."""

    size: int
    root: bytes = b""
    entries: int = 0
    checkpoints: int = 0
    outside: int = 0
    redacted: int = 0
    faults: list[Fault] = field(default_factory=list)
    notices: list[Fault] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Say whether nothing is wrong."""
        return not self.faults


@dataclass(frozen=True, slots=True)
class Kept:
    """A checkpoint's note and where it came from, as a reader would name it; `asked`: somebody named just this one.

    With a `cosigner` the note has to bear the cosignature of that witness.
    """

    where: str
    note: str
    asked: bool = False
    cosigner: Cosigner | None = None


def verify(
    connection: psycopg.Connection[Any],
    parameters: Mapping[str, Any],
    verifier: Verifier | None,
    kept: Sequence[Kept] = (),
    progress: Progress = lambda _done, _total: None,
    processes: int | None = None,
) -> Report:
    """Check everything and return what was found. `parameters` are what the workers connect with.

    `kept` are checkpoints from outside the database: only they can show that the whole history was written anew.
    Raises `sharing.Unfinished` when a worker is ended from outside.
    """
    size, _epoch = head_and_epoch(connection)
    report = Report(size)
    wanted = _checkpoints(connection, report, verifier, kept)
    ranges = [(first, min(first + CHUNK - 1, size)) for first in range(1, size + 1, CHUNK)]
    builder = _Builder(connection, report, wanted)
    with _workers(connection, parameters, processes or os.cpu_count() or 1, len(ranges)) as walk:
        for found in walk(ranges):
            builder.take(found)
            progress(builder.tree.size, size)
    builder.end()
    _judge_absences(connection, report, verifier, builder.absent)
    report.root = builder.tree.root()
    for code, query in STRAYS.items():
        for (name,) in connection.execute(query, [MOST_FAULTS]):
            _add(report, [Fault(code, None, name)])
    return report


class _Builder:
    """Builds the tree from what the workers hashed, and compares at each size that was signed."""

    def __init__(
        self, connection: psycopg.Connection[Any], report: Report, wanted: list[tuple[Checkpoint, str]]
    ) -> None:
        self.tree = Tree()
        self._connection = connection
        self._report = report
        self.absent: list[Fault] = []
        self._wanted = sorted(wanted, key=lambda pair: pair[0].size, reverse=True)

    def take(self, found: Range) -> None:
        """Add a range's hashes; ranges come in order, all but the last of whole tiles."""
        self._report.entries += found.entries
        self.absent += [fault for fault in found.faults if fault.code == "body-missing"]
        _add(self._report, [fault for fault in found.faults if fault.code != "body-missing"])
        for number, root in enumerate(found.roots):
            start = number * WIDTH * 32
            self._compare(found.leaves[start : start + WIDTH * 32])
            self._check_tiles(self.tree.add_tile(root))
        rest = found.leaves[len(found.roots) * WIDTH * 32 :]
        self._compare(rest)
        _append(self.tree, rest)

    def end(self) -> None:
        """Compare what is left: the whole tree, and checkpoints of more than there is."""
        self._compare(b"")
        for told, where in self._wanted:
            _add(self._report, [Fault("rolled-back", told.size, where)])

    def _compare(self, coming: bytes) -> None:
        """Compare every checkpoint whose size is reached before the hashes that come next are all there."""
        end = self.tree.size + len(coming) // 32
        grown: Tree | None = None
        while self._wanted and (self._wanted[-1][0].size < end or self._wanted[-1][0].size == self.tree.size):
            told, where = self._wanted.pop()
            grown = grown or self.tree.copy()
            missing = told.size - grown.size
            start = (grown.size - self.tree.size) * 32
            _append(grown, coming[start : start + missing * 32])
            if grown.root() != told.root:
                _add(self._report, [Fault("history-rewritten", told.size, where)])

    def _check_tiles(self, tiles: Iterable[Tile]) -> None:
        """Compare tiles above those of leaves, which the workers have compared."""
        for tile in tiles:
            row = self._connection.execute(
                "SELECT root, hashes FROM journal_tile WHERE level = %s AND number = %s", [tile.level, tile.number]
            ).fetchone()
            # A tile that is not there may be one that the sealer has yet to write; it is made of what was checked here.
            if row is not None and (bytes(row[0]), bytes(row[1])) != (tile.root, tile.hashes):
                last = (tile.number + 1) * WIDTH ** (tile.level + 1)
                _add(self._report, [Fault("tile-changed", last, f"level {tile.level}")])


def _judge_absences(
    connection: psycopg.Connection[Any], report: Report, verifier: Verifier | None, absent: Sequence[Fault]
) -> None:
    """Tell the bodies that are gone as two persons agreed from those that somebody took.

    Asked last: what is redacted meanwhile has its redaction in the journal before its body goes.
    """
    allowed = absences(connection, verifier)
    report.redacted = sum(fault.position in allowed.positions for fault in absent)
    _add(report, [fault for fault in absent if fault.position not in allowed.positions])
    _add(report, [Fault("body-kept", position, "") for position in allowed.kept])
    _add(report, [Fault("restated-changed", None, entry) for entry in restated_faults(connection, allowed)])


def _checkpoints(
    connection: psycopg.Connection[Any], report: Report, verifier: Verifier | None, kept: Sequence[Kept]
) -> list[tuple[Checkpoint, str]]:
    """Return every checkpoint that the tree must agree with; what cannot be believed is a fault."""
    rows = connection.execute("SELECT note, epoch, size, root FROM journal_checkpoint ORDER BY epoch, size").fetchall()
    if verifier is None:
        if rows or kept:
            _add(report, [Fault("no-verifier", None, "")])
        return []
    began, counting, found = _epochs(connection, report, verifier)
    for one in [*(Kept(DATABASE, note) for note, *_columns in rows), *kept]:
        try:
            told = Checkpoint.open(one.note, verifier)
            if one.cosigner is not None and one.cosigner.cosigned_at(one.note) is None:
                raise BadNote("the witness has not cosigned it")
        except BadNote as bad:
            _add(report, [Fault("checkpoint-forged", None, f"{one.where}: {bad}")])
            continue
        report.checkpoints += 1
        report.outside += one.where != DATABASE
        if told.epoch in began and began[told.epoch] != told.first_position:
            _add(report, [Fault("epoch-changed", told.size, one.where)])
        # What a restore has lost is no longer there, and the next epoch says so. Whoever asks has to hear of it.
        if any(number > told.epoch and first <= told.size for number, first in counting.items()):
            lost = Fault("superseded", told.size, one.where)
            _add(report, [lost]) if one.asked else report.notices.append(lost)
        else:
            found.append((told, one.where))
        report.notices += _ahead(told, one)
    _compare_rows(report, rows)
    report.notices += _signed_ahead(connection)
    return found


def _ahead(told: Checkpoint, one: Kept) -> list[Fault]:
    """Say that a witness has cosigned at a time that has not come: its clock is wrong, or this machine's is."""
    at = one.cosigner.cosigned_at(one.note) if one.cosigner is not None else None
    if at is None or at <= (clock.now() + clock.SKEW).timestamp():
        return []
    return [Fault("cosigned-ahead", told.size, f"{one.where}, {_moment(datetime.fromtimestamp(at, UTC))}")]


def _signed_ahead(connection: psycopg.Connection[Any]) -> list[Fault]:
    """Say that the latest checkpoints bear a time that has not come; one sentence for all of them."""
    row = connection.execute(
        "SELECT max(size), max(signed_at) FROM journal_checkpoint WHERE signed_at > %s", [clock.now() + clock.SKEW]
    ).fetchone()
    return [Fault("signed-ahead", row[0], _moment(row[1]))] if row and row[0] is not None else []


def _moment(at: datetime) -> str:
    return clock.in_zone(at).isoformat(" ", "minutes")


def _epochs(
    connection: psycopg.Connection[Any], report: Report, verifier: Verifier
) -> tuple[dict[int, int], dict[int, int], list[tuple[Checkpoint, str]]]:
    """Return where each epoch begins as stored, the same of those that count, and what was signed of their past."""
    began, counting, past = {}, {}, []
    for one in judge(connection, verifier):
        began[one.epoch.number] = one.epoch.first_position
        if one.fault:
            _add(report, [Fault(one.fault, one.epoch.first_position, str(one.epoch.number))])
        else:
            counting[one.epoch.number] = one.epoch.first_position
        if one.before is not None:
            past.append((one.before, f"epoch {one.epoch.number}"))
    return began, counting, past


def _compare_rows(report: Report, rows: Sequence[tuple[Any, ...]]) -> None:
    """The columns beside a stored note say what it says."""
    for note, epoch, size, root in rows:
        try:
            told = Checkpoint.parse(note.rpartition("\n\n")[0] + "\n")
        except BadNote:
            continue  # reported as forged
        if (told.epoch, told.size, told.root) != (epoch, size, bytes(root)):
            _add(report, [Fault("checkpoint-changed", size, DATABASE)])


def _add(report: Report, faults: Sequence[Fault]) -> None:
    report.faults += faults[: max(0, MOST_FAULTS - len(report.faults))]


def _append(tree: Tree, hashes: bytes) -> None:
    """Add fewer leaves than would fill a tile."""
    list(tree.add(hashes[place : place + 32] for place in range(0, len(hashes), 32)))


Walk = Callable[[Sequence[tuple[int, int]]], Iterable[Range]]


@contextmanager
def _workers(
    connection: psycopg.Connection[Any], parameters: Mapping[str, Any], processes: int, ranges: int
) -> Iterator[Walk]:
    """Give what walks ranges in order: in processes of their own, or here if there is little to do."""
    if min(processes, ranges) < 2:
        yield lambda pairs: (hashing.hash_range(connection, pair) for pair in pairs)
        return
    with shared_out(processes, hashing.prepare, (dict(parameters),)) as pool:
        yield lambda pairs: pool.map(hashing.hash_in_pool, pairs)
