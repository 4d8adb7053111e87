"""What happens to units, posts, accounts and authority."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from thammuu.journal.facts import CONTEXT, Fact, fact, plain, renews
from thammuu.journal.subjects import Subject
from thammuu.kernel.actor import HIGHEST
from thammuu.kernel.clock import format_instant, start_of
from thammuu.org.rules import UP_TO_EVERY_LEVEL, Role
from thammuu.org.words import ROLE_WORDS


@fact("org.unit_created", subject=Subject.UNIT)
class UnitCreated(Fact):
    """A unit exists; what it is called is told by its spells."""

    code: str
    level: str
    sentence = _("Unit {code} created")


@fact("org.unit_named", subject=Subject.UNIT_SPELL)
class UnitNamed(Fact):
    """From a day on, a unit has this name and belongs there."""

    unit_id: UUID
    parent_id: UUID | None
    name: str
    short_name: str
    sort_key: str
    starts_on: date
    ends_on: date | None = None
    sentence = _("Unit named {name} from {starts_on}")


@fact("org.unit_spell_ended", subject=Subject.UNIT_SPELL)
class UnitSpellEnded(Fact):
    """A unit no longer has this name or place from a day on."""

    ends_on: date
    name: Annotated[str, CONTEXT] = ""
    sentence = _("Unit {name} ended on {ends_on}")


@fact("org.unit_succeeded", subject=Subject.UNIT_SUCCESSION)
class UnitSucceeded(Fact):
    """A unit inherits what a closed one left: its open work, its records, its posts and roles."""

    unit_id: UUID
    successor_id: UUID
    place: int
    starts_on: date
    ends_on: date | None = None
    name: Annotated[str, CONTEXT] = ""
    successor: Annotated[str, CONTEXT] = ""
    sentence = _("From {starts_on} {successor} succeeds {name}")


@fact("org.unit_succession_ended", subject=Subject.UNIT_SUCCESSION)
class UnitSuccessionEnded(Fact):
    """A closed unit was opened again, so nobody inherits from it any longer."""

    ends_on: date
    name: Annotated[str, CONTEXT] = ""
    sentence = _("From {ends_on} {name} stands again for itself")


@fact("org.post_created", subject=Subject.POST)
class PostCreated(Fact):
    """A post exists in a unit."""

    unit_id: UUID
    title: str
    sentence = _("Post created: {title}")


@fact("org.account_created", subject=Subject.ACCOUNT)
class AccountCreated(Fact):
    """An officer can sign in; the secret is never told."""

    sign_in_name: str
    language: str
    is_active: bool = True
    first_use_ends: datetime | None = None
    sentence = _("Account created: {sign_in_name}")


@fact("org.signed_in", subject=Subject.ACCOUNT)
class SignedIn(Fact):
    """A session began."""

    sentence = _("Signed in")


@fact("org.signed_out", subject=Subject.ACCOUNT)
class SignedOut(Fact):
    """A session was ended by its officer."""

    sentence = _("Signed out")


@fact("org.post_taken", subject=Subject.HOLDING)
class PostTaken(Fact):
    """An account holds a post."""

    account_id: UUID
    post_id: UUID
    starts_on: date
    ends_on: date | None = None
    title: Annotated[str, CONTEXT] = ""
    sentence = _("Post taken from {starts_on}: {title}")


@fact("org.post_left", subject=Subject.HOLDING)
class PostLeft(Fact):
    """An account no longer holds a post from a day on."""

    ends_on: date
    title: Annotated[str, CONTEXT] = ""
    sentence = _("Post left on {ends_on}: {title}")


@renews("org.role_granted", 1)
def _granted_by_day(sets: dict[str, Any]) -> dict[str, Any]:
    """Until levels came, roles were granted by days; then whoever administers or commands was given every level."""
    return {
        "post_id": sets["post_id"],
        "role": sets["role"],
        "unit_id": sets["unit_id"],
        "event_id": None,
        "classification": HIGHEST if sets["role"] in UP_TO_EVERY_LEVEL else 0,
        "starts_at": _midnight(sets["starts_on"]),
        "ends_at": _midnight(sets["ends_on"]),
        "reason": "",
        "granted_by_id": None,
    }


@renews("org.role_withdrawn", 1)
def _withdrawn_by_day(sets: dict[str, Any]) -> dict[str, Any]:
    return {"ends_at": _midnight(sets["ends_on"])}


def _midnight(day: str | None) -> Any:
    return plain(start_of(date.fromisoformat(day))) if day else None


@fact("org.role_granted", subject=Subject.GRANT, version=2)
class RoleGranted(Fact):
    """A post has a role at a unit and below, for an event perhaps, up to a level, for a reason."""

    post_id: UUID
    role: str
    unit_id: UUID
    event_id: UUID | None
    classification: int
    starts_at: datetime
    ends_at: datetime | None
    reason: str
    granted_by_id: UUID | None
    title: Annotated[str, CONTEXT] = ""
    unit: Annotated[str, CONTEXT] = ""
    sentence = _("{title}: role “{role}” at {unit} from {start}. Reason: {reason}")

    def say(self, language: str) -> str:
        """Name the role and the instant."""
        return said(
            self.sentence, language, title=self.title, unit=self.unit, reason=self.reason or "–",
            role=lambda: ROLE_WORDS[Role(self.role)], start=lambda: format_instant(self.starts_at, language),
        )  # fmt: skip


@fact("org.role_withdrawn", subject=Subject.GRANT, version=2)
class RoleWithdrawn(Fact):
    """A post no longer has a role from an instant on."""

    ends_at: datetime
    reason: Annotated[str, CONTEXT] = ""
    title: Annotated[str, CONTEXT] = ""
    role: Annotated[str, CONTEXT] = ""
    sentence = _("{title}: role “{role}” withdrawn from {end}. Reason: {reason}")

    def say(self, language: str) -> str:
        """Name the role and the instant."""
        return said(
            self.sentence, language, title=self.title, reason=self.reason,
            role=lambda: ROLE_WORDS[Role(self.role)] if self.role else "",
            end=lambda: format_instant(self.ends_at, language),
        )  # fmt: skip


@fact("org.emergency_opened", subject=Subject.EMERGENCY_OPENING)
class EmergencyOpened(Fact):
    """An officer opened for itself, to read and for some hours, what its rights do not reach."""

    account_id: UUID
    post_id: UUID
    kind: str
    opened_id: UUID
    unit_id: UUID
    classification: int
    reason: str
    starts_at: datetime
    ends_at: datetime
    reviewed_at: datetime | None = None
    reviewed_by_id: UUID | None = None
    review: str = ""
    title: Annotated[str, CONTEXT] = ""
    post: Annotated[str, CONTEXT] = ""
    sentence = _("EMERGENCY OPENING by {post}: {title}, until {end}. Reason: {reason}")

    def say(self, language: str) -> str:
        """Name the end."""
        return said(
            self.sentence, language, post=self.post, title=self.title, reason=self.reason,
            end=lambda: format_instant(self.ends_at, language),
        )  # fmt: skip


@fact("org.emergency_ended", subject=Subject.EMERGENCY_OPENING)
class EmergencyEnded(Fact):
    """An emergency opening was ended before its time."""

    ends_at: datetime
    title: Annotated[str, CONTEXT] = ""
    sentence = _("Emergency opening ended: {title}")


@fact("org.emergency_reviewed", subject=Subject.EMERGENCY_OPENING)
class EmergencyReviewed(Fact):
    """A superior looked at an emergency opening and said what it found."""

    reviewed_at: datetime
    reviewed_by_id: UUID | None
    review: str
    sentence = _("Emergency opening reviewed: {review}")


@fact("org.event_announced", subject=Subject.EVENT)
class EventAnnounced(Fact):
    """An event that will be secured."""

    world: str
    units: tuple[UUID, ...]
    code: str
    name: str
    starts_on: date
    ends_on: date
    classification: int = 0
    sentence = _("Event announced: {name}")


def values_of(kind: type[Fact], row: models.Model) -> dict[str, Any]:
    """Return what a fact sets, from the row that it tells of."""
    return {
        name: getattr(row, name) for name in kind.model_fields if name not in Fact.model_fields and hasattr(row, name)
    }


def said(sentence: Any, language: str, **values: Any) -> str:
    """Return the sentence in the language; a value that is called is made in it too."""
    with translation.override(language):
        made = {name: value() if callable(value) else value for name, value in values.items()}
        return str(sentence).format(**made)
