"""A push service for each test, and the settings of an installation that may send to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.directives.urging.push.ground import PushService, push_service, settings_of
from thammuu.directives.urging.carriers import Outgoing


@pytest.fixture
def service() -> Iterator[PushService]:
    with push_service() as found:
        yield found


@pytest.fixture
def out(service: PushService, tmp_path: Path) -> Outgoing:
    return settings_of(service, tmp_path)
