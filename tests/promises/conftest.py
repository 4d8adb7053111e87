"""What the promises about tampering begin with."""

from collections.abc import Callable

import pytest

from tests.ground import Organisation
from tests.journal.proofs.ground import driver, fill
from tests.promises.sealed import KEY, Sealed
from thammuu.journal.proofs.notary import Notary


@pytest.fixture
def sealed(organisation: Organisation, seal: Callable[[], int]) -> Sealed:
    fill(600)
    size = seal()
    note = Notary(KEY).sign_stored(driver())
    return Sealed(note, size)
