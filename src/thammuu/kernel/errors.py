"""What can go wrong with an act, said in the words of whoever acted."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something may not be done. Falsy, so that `if may_x(...)` reads as it should."""

    reason: str

    def __bool__(self) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class OnBehalf:
    """Something may be done, but only on behalf of a post that lent its right. Truthy, as True is."""

    post: UUID


Verdict = Literal[True] | OnBehalf | Refusal


class ThammuuError(Exception):
    """An expected fault; its text is meant for the person who acted."""


class Refused(ThammuuError):
    """The actor may not do this (HTTP 403)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Missing(ThammuuError):
    """It does not exist, or not for this actor (HTTP 404)."""


class Conflict(ThammuuError):
    """The world moved on while the act was under way (HTTP 409)."""


class BadInput(ThammuuError):
    """A value cannot be taken (HTTP 400).

    `field` names the value, "" when the fault concerns several; `reason` says what is wrong.
    """

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.reason = reason


def require(verdict: Verdict) -> None:
    """Raise `Refused` with the reason if the verdict is a refusal; `TypeError` if it is none at all, as None and False.

    A policy that forgets to answer permits nothing.
    """
    if isinstance(verdict, Refusal):
        raise Refused(verdict.reason)
    if not verdict:
        raise TypeError(f"a policy answered {verdict!r}, which is no verdict")
