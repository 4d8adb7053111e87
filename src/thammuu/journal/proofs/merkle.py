"""The Merkle tree of RFC 6962: hashes, paths of inclusion and consistency, and how they are checked. Pure."""

import hashlib
from collections.abc import Callable, Iterable, Sequence

Hash = bytes
EMPTY_ROOT = hashlib.sha256(b"").digest()

HashOfRange = Callable[[int, int], Hash]
"""Gives the hash of the tree over the leaves `low` up to but not including `high`, low < high."""


def leaf_hash(leaf: bytes) -> Hash:
    """Return the hash of a leaf."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: Hash, right: Hash) -> Hash:
    """Return the hash of the node over two others."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def largest_power_below(size: int) -> int:
    """Return the greatest power of two that is less than the size (2 or more): where the tree divides."""
    return 1 << (size - 1).bit_length() - 1


def root_of(hashes: Iterable[Hash]) -> Hash:
    """Return the root over leaf hashes, or over hashes of perfect trees of one size."""
    return root_of_peaks(add_peaks([], ((1, one) for one in hashes)))


def add_peaks(peaks: list[tuple[int, Hash]], trees: Iterable[tuple[int, Hash]]) -> list[tuple[int, Hash]]:
    """Append perfect trees (number of leaves, hash), none larger than the ones before, joining equal neighbours."""
    for size, hash in trees:
        while peaks and peaks[-1][0] == size:
            size, hash = size * 2, node_hash(peaks.pop()[1], hash)
        peaks.append((size, hash))
    return peaks


def root_of_peaks(peaks: Sequence[tuple[int, Hash]]) -> Hash:
    """Return the root of the tree that these perfect trees, the largest first, are the parts of."""
    if not peaks:
        return EMPTY_ROOT
    root = peaks[-1][1]
    for _size, hash in reversed(peaks[:-1]):
        root = node_hash(hash, root)
    return root


def inclusion_path(index: int, size: int, hash_of: HashOfRange) -> list[Hash]:
    """Return the path of leaf `index` (from 0) in the tree of `size`, from the leaf upwards."""
    if not 0 <= index < size:
        raise ValueError(f"there is no leaf {index} in a tree of {size}")
    path, low, high = [], 0, size
    while high - low > 1:
        middle = low + largest_power_below(high - low)
        if index < middle:
            path.append(hash_of(middle, high))
            high = middle
        else:
            path.append(hash_of(low, middle))
            low = middle
    return path[::-1]


def is_left(index: int, size: int) -> list[bool]:
    """Return for each step of the leaf's inclusion path whether its hash stands to the left of what is known."""
    found, here, last = [], index, size - 1
    while last:
        if here & 1:
            found.append(True)
        elif here != last:
            found.append(False)
        # A last node without a neighbour goes up as it is.
        here, last = here >> 1, last >> 1
    return found


def consistency_path(first: int, second: int, hash_of: HashOfRange) -> list[Hash]:
    """Return what shows that the tree of size `second` begins with the tree of size `first`."""
    if not 0 <= first <= second:
        raise ValueError(f"a tree of {second} does not begin with one of {first}")
    if first in (0, second):
        return []
    path, low, high, whole = [], 0, second, True
    while first != high:
        middle = low + largest_power_below(high - low)
        if first <= middle:
            path.append(hash_of(middle, high))
            high = middle
        else:
            path.append(hash_of(low, middle))
            low, whole = middle, False
    if not whole:
        path.append(hash_of(low, high))
    return path[::-1]


def root_from_inclusion(leaf: Hash, index: int, size: int, path: Sequence[Hash]) -> Hash | None:
    """Return the root that the path leads to, None if a path of this length cannot be one of that leaf."""
    if not 0 <= index < size:
        return None
    here, last, root = index, size - 1, leaf
    for step in path:
        if last == 0:
            return None
        if here & 1 or here == last:
            root = node_hash(step, root)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            root = node_hash(root, step)
        here, last = here >> 1, last >> 1
    return root if last == 0 else None


def is_consistent(first: int, first_root: Hash, second: int, second_root: Hash, path: Sequence[Hash]) -> bool:
    """Say whether the path shows that the second tree begins with the first."""
    if not 0 <= first <= second:
        return False
    if first == second:
        return not path and first_root == second_root
    if first == 0:
        return not path and first_root == EMPTY_ROOT
    steps = list(path) if first & (first - 1) else [first_root, *path]
    return _both_roots(first, second, steps) == (first_root, second_root)


def _both_roots(first: int, second: int, steps: list[Hash]) -> tuple[Hash, Hash] | None:
    if not steps:
        return None
    here, last = first - 1, second - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return None
        if here & 1 or here == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            new = node_hash(new, step)
        here, last = here >> 1, last >> 1
    return (old, new) if last == 0 else None
