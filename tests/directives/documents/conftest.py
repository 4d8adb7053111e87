from datetime import datetime

import pytest

from tests.directives.documents.desk import Desk
from tests.ground import Organisation


@pytest.fixture
def desk(organisation: Organisation, now: datetime) -> Desk:
    return Desk(organisation, now)
