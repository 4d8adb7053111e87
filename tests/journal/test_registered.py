"""Whatever process reads the journal knows every fact, not only one that has met the actions that record it."""

import re
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "thammuu"
ASK = (
    "import django; django.setup(); from thammuu.journal.facts import registered; print(*(k for k, _v in registered()))"
)


def test_every_fact_is_known_once_django_stands() -> None:
    told = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True).stdout.split()
    written = {
        name for path in SOURCE.rglob("*.py") for name in re.findall(r'^@fact\("([^"]+)"', path.read_text(), re.M)
    }
    assert set(told) == written
