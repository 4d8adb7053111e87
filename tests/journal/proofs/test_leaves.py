"""Leaves stay what they were, whatever later releases add."""

from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from tests.journal.proofs.ground import driver, fill
from thammuu.journal.models import Sealed
from thammuu.journal.proofs import leaves
from thammuu.journal.proofs.leaves import LEAVES, NEWEST, UnknownLeaf, leaf_of, leaf_texts, leaves_at
from thammuu.journal.proofs.merkle import leaf_hash
from thammuu.journal.proofs.verifying import verify
from thammuu.journal.sealer import seal_pending

ID = "01a20fbd-096d-76db-99e2-2b00d51056"
ENTRY = f"""INSERT INTO journal_entry (id, transaction, sequence, kind, version, world, event, classification, units,
    account, post, claimed_at, recorded_at, subject_kind, subject_id, submission, body_digest)
VALUES ('{ID}01', '4711', 12, 'watch.log_entry_written', 1, 'real', '{ID}02', 2, '{{{ID}03,{ID}04}}', '{ID}05',
    '{ID}06', '2026-11-20 21:05:00.5+07', '2026-11-20 14:05:01+00', 'log_entry', '{ID}07', NULL, sha256('x'))"""
SEAL = f"INSERT INTO journal_sealed (position, entry, sealed_at) VALUES (1, '{ID}01', '2026-11-20 14:05:02.000001+00')"

GOLDEN = (
    '{"position":1,"sealed_at":"2026-11-20T14:05:02.000001","id":"01a20fbd-096d-76db-99e2-2b00d5105601",'
    '"transaction":"4711","sequence":12,"kind":"watch.log_entry_written","version":1,"world":"real",'
    '"event":"01a20fbd-096d-76db-99e2-2b00d5105602","classification":2,'
    '"units":["01a20fbd-096d-76db-99e2-2b00d5105603","01a20fbd-096d-76db-99e2-2b00d5105604"],'
    '"account":"01a20fbd-096d-76db-99e2-2b00d5105605","post":"01a20fbd-096d-76db-99e2-2b00d5105606",'
    '"claimed_at":"2026-11-20T14:05:00.5","recorded_at":"2026-11-20T14:05:01","subject_kind":"log_entry",'
    '"subject_id":"01a20fbd-096d-76db-99e2-2b00d5105607","submission":null,'
    '"body_digest":"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"}'
)
HASH = "4fb645a98117cd564f3b10474598656b161d2b353eb500997283dc348e7865a6"


def texts(connection: psycopg.Connection[Any], known: dict[int, str]) -> list[str | None]:
    rows = connection.execute(f"SELECT {leaf_of(known)} FROM {leaves.SEALED} ORDER BY s.position")
    return [row[0] for row in rows]


@pytest.mark.django_db
@pytest.mark.parametrize("zone", ["UTC", "Asia/Ho_Chi_Minh"])
def test_a_leaf_of_the_first_version_is_this_to_the_byte(zone: str) -> None:
    driver().execute(ENTRY)
    driver().execute(SEAL)
    driver().execute("SELECT set_config('TimeZone', %s, true)", [zone])
    assert leaf_texts(driver(), 0, 1) == [GOLDEN]
    assert leaf_hash(GOLDEN.encode()).hex() == HASH


@pytest.mark.django_db
def test_a_later_release_leaves_earlier_leaves_alone(seal: Callable[[], int]) -> None:
    """As that release would: a column added, a version that names itself and the column, entries sealed with it."""
    fill(2)
    seal()
    before = leaf_texts(driver(), 0, 2)
    driver().execute("ALTER TABLE journal_entry ADD COLUMN device text NOT NULL DEFAULT 'console'")
    fill(1)
    seal()
    driver().execute("UPDATE journal_sealed SET leaf = 2 WHERE position = 3")
    later = {**LEAVES, 2: f"2 AS leaf, {LEAVES[1]}, e.device"}
    [*first, third] = texts(driver(), later)
    assert first == before
    assert third is not None and third.startswith('{"leaf":2,"position":3,') and third.endswith('"device":"console"}')
    # Whoever says that an entry was sealed in another form changes its hash.
    driver().execute("UPDATE journal_sealed SET leaf = 1 WHERE position = 3")
    assert texts(driver(), later)[2] != third


@pytest.mark.django_db
def test_the_sealer_uses_the_newest_version(seal: Callable[[], int]) -> None:
    fill(3)
    seal()
    assert set(Sealed.objects.values_list("leaf", flat=True)) == {NEWEST}


@pytest.mark.django_db
def test_what_a_later_release_sealed_is_not_hashed_as_something_else(seal: Callable[[], int]) -> None:
    fill(3)
    seal()
    driver().execute("UPDATE journal_sealed SET leaf = 99 WHERE position = 2")
    with pytest.raises(UnknownLeaf):
        leaf_texts(driver(), 0, 3)
    with pytest.raises(UnknownLeaf, match="entry 2"):
        list(leaves_at(driver(), [1, 2]))
    fill(1)
    with pytest.raises(UnknownLeaf):
        seal_pending(driver())
    assert ("leaf-unknown", 2) in {fault[:2] for fault in verify(driver(), {}, None, processes=1).faults}
