from datetime import datetime
from pathlib import Path

import pytest

from tests.directives.thread import Thread
from tests.ground import Organisation


@pytest.fixture
def thread(organisation: Organisation, now: datetime, settings: object, tmp_path: Path) -> Thread:
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    return Thread(organisation, now)
