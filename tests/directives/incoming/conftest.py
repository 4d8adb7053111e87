from datetime import datetime
from pathlib import Path

import pytest

from tests.directives.incoming.counter import Counter
from tests.ground import Organisation


@pytest.fixture
def counter(organisation: Organisation, now: datetime, settings: object, tmp_path: Path) -> Counter:
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    return Counter(organisation, now)
