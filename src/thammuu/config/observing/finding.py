"""One thing that a look at an installation found, with what to do about it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One check; the remedy is for when it failed. What is only `advised` does not make an installation unsound."""

    name: str
    ok: bool
    says: str
    remedy: str
    advised: bool = False
