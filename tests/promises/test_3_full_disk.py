"""Promise 3: a full disk gives a clear read-only state: no false confirmation, pages that say why, and a recovery by
itself once there is room. On a real file system of a few hundred megabytes, filled by others while officers write."""

import sys
import warnings
from pathlib import Path

import pytest

from tests.promises.full_disk import STORIES
from tests.promises.small_disk import run_on_small_disk, way_to_mount
from thammuu.config.supervisor.throw_away import throw_away_home

MEBIBYTES = 700


@pytest.mark.parametrize("story", STORIES)
def test_a_full_disk_confirms_nothing_falsely_and_heals_by_itself(story: str) -> None:
    with throw_away_home() as folder:
        way = way_to_mount(folder)
        if way is None:
            reason = "promise 3 is NOT tested here: this machine lets nobody mount a small file system"
            warnings.warn(reason, stacklevel=1)
            pytest.skip(reason)
        program = str(Path(__file__).with_name("full_disk.py"))
        done = run_on_small_disk(way, folder, MEBIBYTES, [sys.executable, program, str(folder), story])
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-6000:]
    print(done.stdout)
