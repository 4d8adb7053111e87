"""What the tests of redactions share."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Actions called without a request speak English, whether or not the catalogues are compiled."""
    with translation.override("en"):
        yield
