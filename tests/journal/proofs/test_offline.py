"""The standalone program against the definitions and another implementation: every size, every forgery of a path."""

from functools import cache

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.journal.proofs.ground import naive_path, naive_proof, naive_root
from thammuu.journal.proofs import offline

MANY = [str(number).encode() for number in range(40)]
SIZES = [(first, size) for size in range(1, 34) for first in range(1, size + 1)]


@cache
def root_of(size: int) -> bytes:
    return naive_root(MANY[:size])


def refused(first: int, root: bytes, size: int, new_root: bytes, path: list[bytes]) -> bool:
    try:
        offline.grown_from(first, root, size, new_root, path)
    except ValueError:
        return True
    return False


def test_a_journal_that_went_on_is_shown_to_begin_with_each_earlier_one() -> None:
    for first, size in SIZES:
        assert not refused(first, root_of(first), size, root_of(size), naive_proof(first, MANY[:size])), (first, size)


def test_no_other_beginning_and_no_changed_path_is_taken() -> None:
    for first, size in SIZES:
        root, new_root, path = root_of(first), root_of(size), naive_proof(first, MANY[:size])
        assert refused(first, bytes(32), size, new_root, path)
        assert refused(first, root, size, bytes(32), path)
        if first < size:
            assert refused(first, root, size, new_root, path[:-1])
            assert refused(first, root, size, new_root, [*path, bytes(32)])
            assert refused(first, root, size, new_root, [])
            for place in range(len(path)):
                assert refused(first, root, size, new_root, [*path[:place], bytes(32), *path[place + 1 :]])
            assert refused(size, new_root, first, root, path)
    assert refused(0, root_of(0), 5, root_of(5), [])


def test_an_entry_is_found_at_its_place_and_no_other() -> None:
    for size in range(1, 34):
        leaves = MANY[:size]
        for index in range(size):
            path, own = naive_path(index, leaves), naive_root([leaves[index]])
            assert offline.climb(index, size - 1, [own], path) == [root_of(size)]
            for wrong in (path[:-1], [*path, bytes(32)]):
                if wrong != path:
                    with pytest.raises(ValueError, match=r"too (long|short)"):
                        assert offline.climb(index, size - 1, [own], wrong) == [root_of(size)], "too short"
            if index:
                try:
                    assert offline.climb(index - 1, size - 1, [own], path) != [root_of(size)]
                except ValueError as fault:
                    assert "too" in str(fault)


SEEDS = st.binary(min_size=32, max_size=32)


@settings(max_examples=15, deadline=None)
@given(seed=SEEDS, text=st.binary(max_size=200), place=st.integers(0, 63), change=st.integers(1, 255))
def test_signatures_are_judged_as_another_implementation_judges_them(
    seed: bytes, text: bytes, place: int, change: int
) -> None:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    key, signature = private.public_key().public_bytes_raw(), private.sign(text)
    offline.signed(key, signature, text)
    wrong = bytearray(signature)
    wrong[place] ^= change
    for given_key, given_signature, given_text in (
        (key, bytes(wrong), text),
        (key, signature, text + b"x"),
        (key, signature[:63], text),
        (key, signature + b"\0", text),
        (Ed25519PrivateKey.from_private_bytes(bytes(reversed(seed)) if seed != seed[::-1] else b"x" * 32)
         .public_key().public_bytes_raw(), signature, text),
    ):  # fmt: skip
        with pytest.raises(ValueError):
            offline.signed(given_key, given_signature, given_text)


def test_a_signature_that_is_not_reduced_is_refused() -> None:
    private = Ed25519PrivateKey.from_private_bytes(bytes(32))
    key, signature = private.public_key().public_bytes_raw(), private.sign(b"x")
    s = int.from_bytes(signature[32:], "little") + offline.ORDER
    with pytest.raises(ValueError, match="canonical"):
        offline.signed(key, signature[:32] + s.to_bytes(32, "little"), b"x")


@pytest.mark.parametrize(
    "raw",
    [
        (2**255 - 19).to_bytes(32, "little"),
        (2).to_bytes(32, "little"),
        (1 | 1 << 255).to_bytes(32, "little"),
        bytes(31),
        bytes(33),
    ],
    ids=["not reduced", "not on the curve", "no negative nought", "short", "long"],
)
def test_what_is_no_point_is_refused(raw: bytes) -> None:
    with pytest.raises(ValueError, match="not on the curve"):
        offline.point(raw)


@pytest.mark.parametrize("text", ["AA", "AB==", "A===", "AAA*", "QQ==\n"])
def test_base64_has_one_form(text: str) -> None:
    with pytest.raises(ValueError):
        offline.raw(text)
    assert offline.raw("QQ==") == b"A"
