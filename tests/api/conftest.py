"""Other systems that call: with tokens that officers made."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import orjson
import pytest
from django.http import HttpResponse
from django.test import Client

from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.org.account import actions
from thammuu.org.account.scopes import SCOPES, holds_any
from thammuu.org.api import pace


@pytest.fixture(autouse=True)
def _every_token_may_ask() -> Iterator[None]:
    pace.forget()
    yield
    pace.forget()


class System:
    """Another system with its token."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.client = Client(headers={"Authorization": f"Bearer {token}", "Accept-Language": "en"})

    def get(self, address: str, **data: object) -> HttpResponse:
        return self.client.get(f"/api/v1{address}", data)  # type: ignore[return-value]

    def send(self, method: str, address: str, said: object, key: UUID | str = "", **headers: str) -> HttpResponse:
        named = {"Idempotency-Key": str(key)} if key else {}
        return self.client.generic(  # type: ignore[return-value]
            method, f"/api/v1{address}", self.body(said), "application/json", headers={**named, **headers}
        )

    @staticmethod
    def body(said: object) -> bytes:
        return orjson.dumps(said, default=str)

    def post(self, address: str, said: object, key: UUID | None = None) -> HttpResponse:
        return self.send("POST", address, said, key or uuid4())

    def put(self, address: str, said: object) -> HttpResponse:
        return self.send("PUT", address, said)


Making = Callable[..., System]


def token_for(actor: Actor, *scopes: str, unit: UUID | None = None, days: int = 90) -> str:
    """Let another system act for an officer; without scopes, within all that the post may do."""
    now = clock.now()
    wanted = scopes or [scope for scope in SCOPES if holds_any(actor, scope) and scope != "calendar:read"]
    return actions.make_token(
        actor=actor, now=now, purpose="Tổng đài", scopes=wanted, unit=unit, ends_at=now + timedelta(days=days)
    )


@pytest.fixture
def system(db: None) -> Making:
    return lambda actor, *scopes, **kwargs: System(token_for(actor, *scopes, **kwargs))
