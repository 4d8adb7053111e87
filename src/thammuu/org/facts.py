"""What happens to units, posts, accounts and authority."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from thammuu.journal.facts import CONTEXT, Fact, fact
from thammuu.journal.subjects import Subject


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


@fact("org.role_granted", subject=Subject.GRANT)
class RoleGranted(Fact):
    """A post has a role at a unit and below."""

    post_id: UUID
    role: str
    unit_id: UUID
    starts_on: date
    ends_on: date | None = None
    sentence = _("Role granted: {role}")


@fact("org.role_withdrawn", subject=Subject.GRANT)
class RoleWithdrawn(Fact):
    """A post no longer has a role from a day on."""

    ends_on: date
    reason: Annotated[str, CONTEXT] = ""
    sentence = _("Role withdrawn from {ends_on}: {reason}")


@fact("org.event_announced", subject=Subject.EVENT)
class EventAnnounced(Fact):
    """An event that will be secured."""

    world: str
    units: tuple[UUID, ...]
    code: str
    name: str
    starts_on: date
    ends_on: date
    sentence = _("Event announced: {name}")
