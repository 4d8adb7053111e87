from datetime import datetime
from pathlib import Path

import pytest

from tests.directives.inspection.visit import Visit
from tests.ground import Organisation


@pytest.fixture
def visit(organisation: Organisation, now: datetime, settings: object, tmp_path: Path) -> Visit:
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    return Visit(organisation, now)
