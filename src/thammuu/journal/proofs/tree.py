"""The growing tree. Its full tiles are rows, written once; what is not a full tile yet is kept in memory.

A tile of level 0 holds 256 neighbouring leaf hashes, one of level 1 the roots of 256 tiles of level 0, and so on: the
tiles of C2SP's tlog-tiles. So 256 entries cost one row, a proof reads a few rows whatever the journal's length, and
after a restart at most 255 leaves are hashed anew.
"""

import copy
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import psycopg

from thammuu.journal.proofs.leaves import leaf_texts
from thammuu.journal.proofs.merkle import Hash, add_peaks, leaf_hash, root_of, root_of_peaks

WIDTH = 256
CATCH_UP = 5000


class Tile(NamedTuple):
    """A full tile: its place, the root over it, and its 256 hashes."""

    level: int
    number: int
    root: Hash
    hashes: bytes


@dataclass
class Tree:
    """The right edge of the tree: for each level the hashes that do not fill a tile yet."""

    size: int = 0
    edge: list[list[Hash]] = field(default_factory=list)

    def add(self, leaves: Iterable[Hash]) -> Iterator[Tile]:
        """Append leaf hashes; yield the tiles that became full."""
        for leaf in leaves:
            yield from self._push(0, leaf)
            self.size += 1

    def add_tile(self, root: Hash) -> Iterator[Tile]:
        """Append 256 leaves of which only the root over them is needed; the size is a multiple of 256."""
        if not self.edge:
            self.edge.append([])
        self.size += WIDTH - 1
        yield from self._push(1, root)
        self.size += 1

    def _push(self, level: int, hash: Hash) -> Iterator[Tile]:
        if level == len(self.edge):
            self.edge.append([])
        row = self.edge[level]
        row.append(hash)
        if len(row) == WIDTH:
            number = self.size // WIDTH ** (level + 1)
            tile = Tile(level, number, root_of(row), b"".join(row))
            row.clear()
            yield tile
            yield from self._push(level + 1, tile.root)

    def root(self) -> Hash:
        """Return the root of the whole tree."""
        peaks: list[tuple[int, Hash]] = []
        for level in reversed(range(len(self.edge))):
            add_peaks(peaks, ((WIDTH**level, hash) for hash in self.edge[level]))
        return root_of_peaks(peaks)

    def copy(self) -> "Tree":
        """Return a tree that grows by itself."""
        return copy.deepcopy(self)


def load_tree(connection: psycopg.Connection[Any]) -> Tree:
    """Return the tree of the stored tiles; the leaves behind them are still to be grown."""
    below = _full(connection, 0)
    tree = Tree(below * WIDTH, [[]])
    while below:
        level = len(tree.edge)
        full = _full(connection, level)
        tree.edge.append(_roots(connection, level - 1, full * WIDTH, below))
        below = full
    return tree


def _full(connection: psycopg.Connection[Any], level: int) -> int:
    """Return how many tiles of the level are stored."""
    row = connection.execute(
        "SELECT number + 1 FROM journal_tile WHERE level = %s ORDER BY number DESC LIMIT 1", [level]
    ).fetchone()
    return int(row[0]) if row else 0


def _roots(connection: psycopg.Connection[Any], level: int, first: int, end: int) -> list[Hash]:
    rows = connection.execute(
        "SELECT root FROM journal_tile WHERE level = %s AND number >= %s AND number < %s ORDER BY number",
        [level, first, end],
    )
    return [bytes(row[0]) for row in rows]


def grow(connection: psycopg.Connection[Any], tree: Tree, limit: int = CATCH_UP) -> int:
    """Add the next sealed entries to the tree and store its full tiles; return how many there were.

    The caller's transaction is the one that sealed them, or one that catches up with what was sealed before.
    """
    hashes = [leaf_hash(text.encode()) for text in leaf_texts(connection, tree.size, limit)]
    store_tiles(connection, list(tree.add(hashes)))
    return len(hashes)


def store_tiles(connection: psycopg.Connection[Any], tiles: Sequence[Tile]) -> None:
    """Insert full tiles."""
    if tiles:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO journal_tile (level, number, root, hashes) VALUES (%s, %s, %s, %s)",
                tiles,
            )
