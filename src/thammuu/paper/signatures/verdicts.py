"""What can be said of the signatures of a PDF: a verdict, and one finding for each signature. Pure."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class State(StrEnum):
    """How a signature stands, or a PDF as a whole: the worst that is said of any of its signatures."""

    NONE = "none"
    TRUSTED = "trusted"
    UNTRUSTED = "untrusted"
    CHANGED = "changed"
    BROKEN = "broken"


class Why(StrEnum):
    """Why it stands so."""

    UNSIGNED = "unsigned"
    INTACT = "intact"
    NO_ROOTS = "no_roots"
    UNKNOWN_ISSUER = "unknown_issuer"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    NOT_FOR_SIGNING = "not_for_signing"
    CONTENT_CHANGED = "content_changed"
    ADDED_TO = "added_to"
    OTHER_PDF = "other_pdf"
    SHOWS_MORE = "shows_more"
    DOES_NOT_VERIFY = "does_not_verify"
    UNSUPPORTED = "unsupported"
    WITHOUT_FIELD = "without_field"
    UNREADABLE = "unreadable"
    TOO_MUCH = "too_much"


class Level(StrEnum):
    """PAdES baseline levels (ETSI EN 319 142-1) that are told apart; NONE is a signature of another kind."""

    NONE = ""
    BASIC = "B-B"
    TIMESTAMPED = "B-T"

    @property
    def kind(self) -> str:
        """Return the name of the standard with the level."""
        return f"PAdES {self}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One signature. `organisation` and `issuer` are the organisations (O) that the certificate names, "" if none.

    `serial` is the certificate's number and `digest` its SHA-256, both hexadecimal; no name of a person is taken from
    it. Times are UTC: `signed_at` is what the signer's clock said, `stamped_at` what a trusted time-stamping authority
    said. `whole` tells that nothing stands behind what was signed. Revocation is never asked for.
    """

    state: State
    why: Why
    organisation: str = ""
    issuer: str = ""
    serial: str = ""
    digest: str = ""
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    signed_at: datetime | None = None
    stamped_at: datetime | None = None
    level: Level = Level.NONE
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found at `checked_at` (UTC): the signatures in the order in which they were made."""

    state: State
    why: Why
    checked_at: datetime
    findings: tuple[Finding, ...] = field(default=())

    @property
    def last(self) -> Finding | None:
        """Return the signature that was made last."""
        return self.findings[-1] if self.findings else None

    @property
    def trusted(self) -> bool:
        """Say whether every signature is intact and trusted, and there is one."""
        return self.state == State.TRUSTED


_BETTER_FIRST = (State.TRUSTED, State.UNTRUSTED, State.CHANGED, State.BROKEN)


def verdict_of(findings: tuple[Finding, ...], checked_at: datetime) -> Verdict:
    """Return the verdict over all signatures: the worst that is said of one."""
    if not findings:
        return Verdict(State.NONE, Why.UNSIGNED, checked_at)
    worst = max(findings, key=lambda one: _BETTER_FIRST.index(one.state))
    return Verdict(worst.state, worst.why, checked_at, findings)
