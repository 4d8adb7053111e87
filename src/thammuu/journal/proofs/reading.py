"""Reading the stored tree: the hash of any range of leaves, and the paths made of such hashes."""

from functools import cache
from typing import Any

import psycopg

from thammuu.journal.proofs import merkle
from thammuu.journal.proofs.leaves import leaf_texts
from thammuu.journal.proofs.merkle import Hash, largest_power_below, leaf_hash, node_hash, root_of
from thammuu.journal.proofs.tree import WIDTH


class StoredTree:
    """The tree over the first `size` sealed entries, read from tiles; the last 255 leaves at most from the entries."""

    def __init__(self, connection: psycopg.Connection[Any], size: int) -> None:
        self._connection = connection
        self.size = size
        self._tile = cache(self._read_tile)

    def root(self, size: int | None = None) -> Hash:
        """Return the root over the first `size` leaves, all if it is left out."""
        end = self.size if size is None else size
        return self.hash_of(0, end) if end else merkle.EMPTY_ROOT

    def inclusion(self, index: int, size: int | None = None) -> list[Hash]:
        """Return the path of leaf `index` (its position less one) in the tree of that size."""
        return merkle.inclusion_path(index, self.size if size is None else size, self.hash_of)

    def consistency(self, first: int, second: int) -> list[Hash]:
        """Return what shows that the tree of the second size begins with the tree of the first."""
        return merkle.consistency_path(first, second, self.hash_of)

    def hash_of(self, low: int, high: int) -> Hash:
        """Return the hash of the tree over the leaves `low` up to but not including `high`."""
        width = high - low
        if width & (width - 1) == 0 and low % width == 0:
            return self._node(width.bit_length() - 1, low // width)
        middle = low + largest_power_below(width)
        return node_hash(self.hash_of(low, middle), self.hash_of(middle, high))

    def _node(self, height: int, number: int) -> Hash:
        level, rest = divmod(height, 8)
        first = number << rest
        tile, place = divmod(first, WIDTH)
        return root_of(self._tile(level, tile)[place : place + (1 << rest)])

    def _read_tile(self, level: int, number: int) -> list[Hash]:
        row = self._connection.execute(
            "SELECT hashes FROM journal_tile WHERE level = %s AND number = %s", [level, number]
        ).fetchone()
        if row:
            return [bytes(row[0][place : place + 32]) for place in range(0, len(row[0]), 32)]
        if level == 0:
            return [leaf_hash(text.encode()) for text in leaf_texts(self._connection, number * WIDTH, WIDTH)]
        rows = self._connection.execute(
            "SELECT root FROM journal_tile WHERE level = %s AND number >= %s AND number < %s ORDER BY number",
            [level - 1, number * WIDTH, (number + 1) * WIDTH],
        )
        return [bytes(root) for (root,) in rows]
