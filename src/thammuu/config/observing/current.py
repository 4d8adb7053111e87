"""The request that is being answered: its number, which every answer carries, and the name of its route.

Routes are named, never spelled: an address may hold what nobody should find in a log.
"""

import secrets
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

KEY = "thammuu.observation"
"""Where it stands, in an ASGI scope and in the WSGI environment (so also in a request's META)."""
DIGITS = 12


def new_number() -> str:
    """Return a number that can be told over the telephone: three groups of four digits."""
    digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    return f"{digits[:4]}-{digits[4:8]}-{digits[8:]}"


@dataclass(slots=True)
class Observation:
    """One request. `status` is 0 and `seconds` (until the answer began) unset while there is no answer."""

    method: str
    number: str = field(default_factory=new_number)
    route: str = ""
    status: int = 0
    seconds: float = 0.0
    begun: float = field(default_factory=perf_counter)


_current: ContextVar[Observation | None] = ContextVar("observation", default=None)


def current() -> Observation | None:
    """Return the request that this thread or task is answering."""
    return _current.get()


def begin(scope: MutableMapping[str, Any], observation: Observation) -> None:
    """Note in this task which request it answers."""
    scope[KEY] = observation
    _current.set(observation)


@contextmanager
def answering(environ: Mapping[str, Any]) -> Iterator[None]:
    """Note the same for a thread, while it answers."""
    token = _current.set(environ.get(KEY))
    try:
        yield
    finally:
        _current.reset(token)


def name_route(environ: Mapping[str, Any], name: str) -> None:
    """Say by which route the request of this environment is answered."""
    observation = environ.get(KEY)
    if observation is not None:
        observation.route = name
