"""Deliveries: their states, the pauses between attempts, and what channels say. Pure, but for the protocol's sides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
MOST_ATTEMPTS = 30
UNDER_WAY = timedelta(minutes=5)
"""After so long an attempt of which nothing was heard is made again; longer than any channel's timeout."""


class DeliveryState(StrEnum):
    """Where a delivery stands. `UNCERTAIN`: an attempt began, and nobody knows how it ended."""

    WAITING = "waiting"
    UNCERTAIN = "uncertain"
    SENT = "sent"
    FAILED = "failed"


class Unreached(Exception):
    """It was certainly not delivered, and may be later. Its text says why."""


class Undeliverable(Exception):
    """It was refused, and will be again. Its text says why."""


class Gone(Undeliverable):
    """There is nobody at this address any more, nor will be."""


@dataclass(frozen=True, slots=True)
class Line:
    """One urging in a message. What is classified is named by its kind only: `title` is "" then."""

    assignment: UUID
    title: str
    why: str
    deadline: datetime


@dataclass(frozen=True, slots=True)
class Message:
    """What a channel carries: the same `id` at each attempt, so that whoever receives it twice can tell.

    `at_once`: it is of a timer, not the day's digest.
    """

    id: UUID
    unit: str
    unit_code: str
    made_at: datetime
    lines: Sequence[Line]
    language: str
    at_once: bool


class Carrier(Protocol):
    """A channel. SMS and chat are further classes with these two functions."""

    def refusal_of(self, address: str) -> str:
        """Return why nothing can be sent to the address, "" if it can."""
        ...

    def carry(self, message: Message, address: str) -> None:
        """Send. Raises `Unreached` or `Undeliverable`; after any other error it is uncertain whether it arrived."""
        ...


Carriers = Mapping[str, Carrier]


def pause_after(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts: twice as long each time, up to an hour."""
    times: int = 2 ** min(attempts - 1, 10)
    return min(FIRST_PAUSE * times, LONGEST_PAUSE)
