"""The rules of the store and of the settings: what stays, what goes, what is refused."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from thammuu.config.backup.keeping import due
from thammuu.config.backup.plan import Plan, read_plan
from thammuu.config.backup.shipping import BLOCK, without_zeros
from thammuu.config.backup.store import SEGMENT, Damaged, Manifest, Store, write_whole
from thammuu.config.supervisor.embedded import archive_settings
from thammuu.config.supervisor.refusals import CannotStart

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path / "store")
    made.make("77")
    return made


def base(store: Store, at: datetime, segment: int) -> str:
    id, name = at.strftime("%Y%m%dT%H%M%SZ"), f"{1:08X}{0:08X}{segment:08X}"
    store.base(id).mkdir()
    write_whole(store.base(id) / "base.tar.gz.age", b"12345")
    store.finish(
        Manifest(id, at.isoformat(), at.isoformat(), "0", 18, "77", name, name, "age1x", {"base.tar.gz.age": 5})
    )
    return id


def segment(store: Store, number: int, timeline: int = 1) -> None:
    write_whole(store.wal / f"{timeline:08X}{0:08X}{number:08X}{SEGMENT}", b"x")


def test_the_newest_stay_with_the_log_that_they_need(store: Store) -> None:
    ids = [base(store, NOON + timedelta(days=day), 10 * (day + 1)) for day in range(4)]
    for number in range(1, 50):
        segment(store, number)
    segment(store, 3, timeline=2)
    write_whole(store.wal / f"00000002.history{SEGMENT}", b"x")
    store.base("20261120T000000Z").mkdir()  # one that was broken off
    assert store.prune(2, set(), NOON) == ["20261120T000000Z", *ids[:2]]
    assert [one.id for one in store.manifests()] == ids[2:]
    left = store.segments()
    assert left[0] == f"{1:08X}{0:08X}{30:08X}" and len([one for one in left if len(one) == 24]) == 20
    assert "00000002.history" in left


def test_an_attachment_goes_when_no_backup_is_older_than_its_going(store: Store) -> None:
    for name in ("aa11", "bb22"):
        write_whole(store.files / name[:2] / f"{name}.age", b"x")
    base(store, NOON, 1)
    store.prune(1, {"aa11"}, NOON + timedelta(hours=1))
    assert len(list(store.files.glob("*/*.age"))) == 2
    base(store, NOON + timedelta(hours=2), 2)
    store.prune(2, {"aa11"}, NOON + timedelta(hours=2))
    assert len(list(store.files.glob("*/*.age"))) == 2
    store.prune(1, {"aa11"}, NOON + timedelta(hours=3))
    assert [file.name for file in store.files.glob("*/*.age")] == ["aa11.age"]


def test_a_backup_is_whole_or_says_what_is_missing(store: Store) -> None:
    base(store, NOON, 1)
    (manifest,) = store.manifests()
    store.whole(manifest)
    (store.base(manifest.id) / "base.tar.gz.age").write_bytes(b"123")
    with pytest.raises(Damaged, match=r"base\.tar\.gz\.age has 3 of 5 bytes"):
        store.whole(manifest)


def test_one_is_due_when_the_last_is_too_old(store: Store) -> None:
    plan = Plan(store.folder, "age1x", hours=24)
    assert due(store, plan, NOON)
    base(store, NOON, 1)
    assert not due(store, plan, NOON + timedelta(hours=23))
    assert due(store, plan, NOON + timedelta(hours=24))
    # The clock that dated it was ahead, or is behind now: how old it is, nobody knows.
    assert due(store, plan, NOON - timedelta(days=1))


def test_another_installations_store_is_refused(store: Store) -> None:
    with pytest.raises(CannotStart, match="another installation"):
        store.make("78")


def test_the_environment_overrules_the_file(tmp_path: Path) -> None:
    (tmp_path / "thammuu.toml").write_text('backup_folder = "/a"\nbackup_recipient = "age1x"\nbackup_keep = 3\n')
    assert read_plan(tmp_path, {}) == Plan(Path("/a"), "age1x", keep=3)
    assert read_plan(tmp_path, {"THAMMUU_BACKUP_FOLDER": "/b", "THAMMUU_DRILL_DAYS": "9"}) == Plan(
        Path("/b"), "age1x", keep=3, drill_days=9
    )
    assert not read_plan(tmp_path / "none", {}).set_up
    for wrong in ("0", "-1", "seven", "1.5"):
        with pytest.raises(CannotStart, match="backup_hours must be a whole number"):
            read_plan(tmp_path, {"THAMMUU_BACKUP_HOURS": wrong})


def test_a_folder_with_odd_characters_is_quoted_for_the_shell() -> None:
    command = archive_settings(Path("/a b/it's 5%"))["archive_command"]
    assert "'/a b/it'\"'\"'s 5%%'/%f" in command


@pytest.mark.parametrize("length", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK])
@pytest.mark.parametrize("zeros", [0, 1, BLOCK, 5 * BLOCK + 3])
def test_zeros_at_the_end_are_left_out_and_can_be_put_back(length: int, zeros: int) -> None:
    written = os.urandom(length - 1) + b"x" if length else b""
    content = written + bytes(zeros)
    kept = without_zeros(content)
    assert kept + bytes(len(content) - len(kept)) == content
    assert len(kept) - length < BLOCK
