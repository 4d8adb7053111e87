"""The growing tree and its stored tiles against the definition."""

from collections.abc import Callable

import pytest
from django.db import connection

from tests.journal.proofs.ground import driver, fill, naive_path, naive_proof, naive_root
from thammuu.journal.models import Entry, Sealed, Tile
from thammuu.journal.proofs.leaves import leaf_texts
from thammuu.journal.proofs.merkle import is_consistent, leaf_hash, root_of
from thammuu.journal.proofs.reading import StoredTree
from thammuu.journal.proofs.tree import WIDTH, Tree, load_tree, store_tiles


def test_the_growing_tree_has_the_roots_of_the_definition() -> None:
    tree, hashes = Tree(), []
    for number in range(WIDTH * WIDTH + 300):
        hashes.append(leaf_hash(str(number).encode()))
        tiles = list(tree.add(hashes[-1:]))
        assert len(tiles) == ((number + 1) % WIDTH == 0) + ((number + 1) % WIDTH**2 == 0)
        if number < 600 or number in (WIDTH**2 - 1, WIDTH**2, WIDTH**2 + 299):
            assert tree.root() == root_of(hashes)
    assert [len(row) for row in tree.edge] == [300 - WIDTH, 1, 1]


def test_whole_tiles_give_the_same_tree() -> None:
    hashes = [leaf_hash(str(number).encode()) for number in range(2 * WIDTH + 5)]
    tree, other = Tree(), Tree()
    tiles = list(tree.add(hashes))
    for tile in tiles:
        assert list(other.add_tile(tile.root)) == []
    assert list(other.add(hashes[2 * WIDTH :])) == []
    assert (other.size, other.root()) == (tree.size, tree.root())


@pytest.mark.django_db
@pytest.mark.parametrize("count", [0, 1, 255, 256, 257, 700])
def test_the_stored_tree_gives_the_proofs_of_the_definition(count: int, seal: Callable[[], int]) -> None:
    fill(count)
    assert seal() == count
    leaves = [text.encode() for text in leaf_texts(driver(), 0, 10_000)]
    stored = StoredTree(driver(), count)
    assert stored.root() == naive_root(leaves)
    for index in {0, 100, 255, 256, count - 1} & set(range(count)):
        assert stored.inclusion(index) == naive_path(index, leaves)
    for first in {1, 200, 256, 300, 512, count} & set(range(1, count + 1)):
        path = stored.consistency(first, count)
        assert path == naive_proof(first, leaves)
        assert is_consistent(first, stored.root(first), count, stored.root(), path)


@pytest.mark.django_db
def test_a_restarted_sealer_goes_on_with_the_same_tree(seal: Callable[[], int]) -> None:
    for count in (100, 300, 1, 255, 256):
        fill(count)
        seal()
    leaves = [text.encode() for text in leaf_texts(driver(), 0, 10_000)]
    assert StoredTree(driver(), len(leaves)).root() == naive_root(leaves)
    assert Tile.objects.count() == len(leaves) // WIDTH
    assert load_tree(driver()).size == len(leaves) // WIDTH * WIDTH


@pytest.mark.django_db
def test_a_tree_of_three_levels_is_loaded_as_it_grew() -> None:
    grown = Tree()
    tiles = list(grown.add(leaf_hash(str(number).encode()) for number in range(WIDTH * (WIDTH + 3))))
    assert sorted((tile.level, tile.number) for tile in tiles)[-2:] == [(0, WIDTH + 2), (1, 0)]
    store_tiles(driver(), tiles)
    loaded = load_tree(driver())
    assert (loaded.size, loaded.edge, loaded.root()) == (grown.size, grown.edge, grown.root())


@pytest.mark.django_db
def test_the_tree_catches_up_with_what_was_sealed_without_it(seal: Callable[[], int]) -> None:
    fill(700)
    seal()
    before = list(Tile.objects.values_list("number", "hashes"))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_tile")
    fill(10)
    assert seal() == 10
    assert list(Tile.objects.values_list("number", "hashes")) == before


@pytest.mark.django_db
def test_a_leaf_covers_every_column(seal: Callable[[], int]) -> None:
    fill(1)
    seal()
    [before] = leaf_texts(driver(), 0, 1)
    changes = {
        "id": "gen_random_uuid()", "transaction": "'7'::xid8", "sequence": "sequence + 1000", "kind": "'other'",
        "version": "2", "world": "'exercise'", "event": "gen_random_uuid()", "classification": "1",
        "units": "ARRAY[gen_random_uuid()]", "account": "gen_random_uuid()", "post": "gen_random_uuid()",
        "claimed_at": "claimed_at + interval '1 microsecond'", "recorded_at": "recorded_at + interval '1 microsecond'",
        "subject_kind": "'unit'", "subject_id": "gen_random_uuid()", "submission": "gen_random_uuid()",
        "body_digest": "body_digest || '\\x00'",
    }  # fmt: skip
    assert set(changes) == {field.column for field in Entry._meta.concrete_fields}
    # `leaf` says in which form the others stand there.
    assert {field.column for field in Sealed._meta.concrete_fields} == {"position", "entry", "sealed_at", "leaf"}
    seen = {before}
    for column, value in changes.items():
        driver().execute(f"UPDATE journal_entry SET {column} = {value}")
        if column == "id":
            driver().execute("UPDATE journal_sealed SET entry = (SELECT id FROM journal_entry)")
        [leaf] = leaf_texts(driver(), 0, 1)
        assert leaf not in seen, column
        seen.add(leaf)
    driver().execute("UPDATE journal_sealed SET sealed_at = sealed_at + interval '1 second'")
    assert leaf_texts(driver(), 0, 1)[0] not in seen
