"""The tree against RFC 6962: the known vectors, and every size up to 200 against the definition word for word."""

import hashlib
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.journal.proofs.ground import naive_path, naive_proof, naive_root
from thammuu.journal.proofs import merkle
from thammuu.journal.proofs.merkle import leaf_hash

# The eight leaves that implementations of RFC 6962 are compared with, and the roots over the first 0 to 8 of them.
LEAVES = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
MANY = [str(number).encode() for number in range(200)]
sizes = st.integers(0, 200)


@cache
def hash_of(low: int, high: int) -> bytes:
    return naive_root(MANY[low:high])


@pytest.mark.parametrize("size", range(9))
def test_the_known_roots(size: int) -> None:
    assert merkle.root_of(map(leaf_hash, LEAVES[:size])).hex() == ROOTS[size]


@pytest.mark.parametrize("size", range(201))
def test_every_size_has_the_root_and_the_paths_of_the_definition(size: int) -> None:
    leaves = MANY[:size]
    root = naive_root(leaves)
    assert merkle.root_of(map(leaf_hash, leaves)) == root
    for index in {0, size // 3, size // 2, size - 1} & set(range(size)):
        path = merkle.inclusion_path(index, size, hash_of)
        assert path == naive_path(index, leaves)
        assert merkle.root_from_inclusion(leaf_hash(leaves[index]), index, size, path) == root
        known = leaf_hash(leaves[index])
        for step, left in zip(path, merkle.is_left(index, size), strict=True):
            known = merkle.node_hash(step, known) if left else merkle.node_hash(known, step)
        assert known == root
    for first in {1, size // 3, size // 2, size - 1, size} & set(range(1, size + 1)):
        path = merkle.consistency_path(first, size, hash_of)
        assert path == naive_proof(first, leaves)
        assert merkle.is_consistent(first, naive_root(MANY[:first]), size, root, path)


@given(sizes, sizes, st.data())
def test_a_changed_proof_proves_nothing(one: int, other: int, data: st.DataObject) -> None:
    size, index = max(one, other, 1), min(one, other, max(one, other, 1) - 1)
    root, leaf = hash_of(0, size), leaf_hash(MANY[index])
    path = merkle.inclusion_path(index, size, hash_of)
    forged = data.draw(changed(path))
    assert merkle.root_from_inclusion(leaf, index, size, forged) != root
    assert merkle.root_from_inclusion(leaf_hash(b"forged"), index, size, path) != root
    wrong = data.draw(st.integers(0, size - 1))
    if wrong != index:
        assert merkle.root_from_inclusion(leaf, wrong, size, path) != root
    assert merkle.root_from_inclusion(leaf, size, size, path) is None


@given(sizes, sizes, st.data())
def test_a_changed_consistency_proves_nothing(one: int, other: int, data: st.DataObject) -> None:
    first, second = sorted((one, other))
    roots = (merkle.EMPTY_ROOT if not first else hash_of(0, first), hash_of(0, second) if second else merkle.EMPTY_ROOT)
    path = merkle.consistency_path(first, second, hash_of)
    assert merkle.is_consistent(first, roots[0], second, roots[1], path)
    assert not merkle.is_consistent(first, roots[0], second, roots[1], data.draw(changed(path)))
    forged = hashlib.sha256(b"forged").digest()
    assert not merkle.is_consistent(first, forged, second, roots[1], path)
    if first:
        assert not merkle.is_consistent(first, roots[0], second, forged, path)
    assert not merkle.is_consistent(second + 1, roots[1], second, roots[1], path)


def changed(path: list[bytes]) -> st.SearchStrategy[list[bytes]]:
    """The path with a step too many, one too few, or one of them another."""
    longer = st.integers(0, len(path)).map(lambda at: [*path[:at], bytes(32), *path[at:]])
    if not path:
        return longer
    places = st.integers(0, len(path) - 1)
    shorter = places.map(lambda at: [*path[:at], *path[at + 1 :]])
    other = st.tuples(places, st.integers(0, 255)).map(
        lambda pair: [*path[: pair[0]], _flipped(path[pair[0]], pair[1]), *path[pair[0] + 1 :]]
    )
    return longer | shorter | other


def _flipped(hash: bytes, bit: int) -> bytes:
    return (int.from_bytes(hash, "big") ^ (1 << bit)).to_bytes(32, "big")


@pytest.mark.parametrize(("index", "size"), [(0, 0), (5, 5), (-1, 4)])
def test_there_is_no_path_to_a_leaf_that_is_not(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        merkle.inclusion_path(index, size, hash_of)


def test_a_smaller_tree_does_not_begin_with_a_larger() -> None:
    with pytest.raises(ValueError, match="does not begin"):
        merkle.consistency_path(5, 4, hash_of)


def test_every_tree_begins_with_the_empty_one_and_none_with_a_larger() -> None:
    root = naive_root(MANY[:5])
    assert merkle.is_consistent(0, merkle.EMPTY_ROOT, 5, root, [])
    assert not merkle.is_consistent(0, root, 5, root, [])
    assert not merkle.is_consistent(0, merkle.EMPTY_ROOT, 5, root, [root])
    assert not merkle.is_consistent(-1, merkle.EMPTY_ROOT, 5, root, [])
    assert not merkle.is_consistent(6, naive_root(MANY[:6]), 5, root, [])
    assert not merkle.is_consistent(5, root, 5, root, [root])
    assert not merkle.is_consistent(3, naive_root(MANY[:3]), 5, root, [])
