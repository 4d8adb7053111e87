"""`thammuu cap FILE…`: the answer for people and for programs, and its exit code."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.ground import Organisation
from tests.interop.messages import message
from thammuu.config.cli.app import app
from thammuu.interop.models import Alert

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    good, bad = tmp_path / "good.cap", tmp_path / "bad.cap"
    good.write_text(message())
    bad.write_text(message(identifier="VN-2", status="Real"))
    return good, bad


def test_files_are_taken_in(organisation: Organisation, files: tuple[Path, Path]) -> None:
    done = CliRunner().invoke(app, ["cap", *map(str, files), "--unit", "46", "--json"])
    assert done.exit_code == 1
    good, bad = json.loads(done.stdout)
    assert (good["verdict"], bad["verdict"]) == ("taken", "refused")
    assert bad["alerts"][0]["faults"][0]["path"] == "alert/status"
    assert Alert.objects.get().unit_id == organisation.hue
    again = CliRunner().invoke(app, ["cap", str(files[0]), "--unit", "46"])
    assert again.exit_code == 0
    assert "nothing was doubled" in again.stdout


def test_judging_stores_nothing(organisation: Organisation, files: tuple[Path, Path]) -> None:
    done = CliRunner().invoke(app, ["cap", *map(str, files), "--check"])
    assert done.exit_code == 1
    assert "“Real” is not one of" in " ".join(done.stdout.split())
    assert Alert.objects.count() == 0


def test_an_unknown_unit_is_named(organisation: Organisation, files: tuple[Path, Path]) -> None:
    done = CliRunner().invoke(app, ["cap", str(files[0]), "--unit", "nowhere"])
    assert done.exit_code != 0
    assert "nowhere" in str(done.exception)
