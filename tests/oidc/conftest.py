"""One provider for the folder; each test finds it a good one."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.oidc.running import RunningProvider, running_provider
from thammuu.org.account.oidc import asking


@pytest.fixture(scope="session")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningProvider]:
    with running_provider(tmp_path_factory.mktemp("provider")) as running:
        yield running


@pytest.fixture
def sso(provider: RunningProvider, settings: Any) -> RunningProvider:
    provider.depart()
    asking.forget()
    settings.OIDC_PROVIDERS = (provider.settings,)
    return provider
