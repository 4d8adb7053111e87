"""Who may see what, and who may change units, accounts and authority."""

from collections.abc import Collection
from typing import Protocol
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from thammuu.kernel.actor import Actor, Reach, Scope
from thammuu.kernel.errors import Refusal, Verdict
from thammuu.org import audiences, directory
from thammuu.org.models import EmergencyOpening, Grant, Post
from thammuu.org.rights import Right
from thammuu.org.rules import PERMITS, Permission, Role
from thammuu.org.words import CLASSIFICATION_WORDS


class Owned(Protocol):
    """A row of any state table."""

    id: UUID
    world: str
    units: Collection[UUID]
    classification: int
    event_id: UUID | None


class Told(Protocol):
    """An entry of the journal."""

    @property
    def world(self) -> str: ...
    @property
    def units(self) -> Collection[UUID]: ...
    @property
    def classification(self) -> int: ...
    @property
    def event(self) -> UUID | None: ...
    @property
    def subject_id(self) -> UUID: ...


def visible_in(
    scope: Scope, *, event: str = "event_id", subject: str = "id", within: str = "", audience: bool = False
) -> Q:
    """Return the filter for rows that the scope covers; the same as `Scope.covers`.

    `event` and `subject` name the columns that say which event a row belongs to and what it is about; `within` is the
    path to the rows, "assignments__", where they are not those asked for; `audience` says that the table keeps the
    audience of its rows, by which many of them are counted and found sooner.
    """
    wide = _reached(scope, within, audience)
    for reach in scope.further:
        narrow = _reached(reach, within, audience)
        wide |= narrow if reach.event is None else narrow & Q(**{within + event: reach.event})
    if scope.opened:
        wide |= Q(**{f"{within}{subject}__in": scope.opened})
    return Q(**{within + "world": scope.world}) & wide


def _reached(reach: Scope | Reach, within: str, audience: bool) -> Q:
    found = Q(**{within + "classification__lte": reach.classification})
    if reach.units is None:
        return found
    if audience:
        return found & Q(**{within + "audience__in": audiences.of(reach.units)})
    return found & Q(**{within + "units__overlap": list(reach.units)})


def visible_to(
    actor: Actor, *, event: str = "event_id", subject: str = "id", within: str = "", audience: bool = False
) -> Q:
    """Return the one filter that lists, search, counts, exports and attachments share."""
    return visible_in(actor.scope, event=event, subject=subject, within=within, audience=audience)


def can_view(actor: Actor, row: Owned) -> bool:
    """Say of one row what `visible_to` says of many."""
    return actor.scope.covers(row.units, row.world, row.classification, row.event_id, row.id)


def covers_entry(scope: Scope, entry: Told) -> bool:
    """Say whether an entry of the journal lies within the scope."""
    return scope.covers(entry.units, entry.world, entry.classification, entry.event, entry.subject_id)


def may(
    actor: Actor,
    permission: Permission,
    unit: UUID | None,
    reason: str,
    *,
    event: UUID | None = None,
    classification: int = 0,
) -> Verdict:
    """Return True if the permission holds at the unit for that event and level (perhaps on behalf), else the reason."""
    if actor.may(permission, unit, event=event, classification=classification):
        return actor.by(permission, lambda held: held.allows(unit, event, classification))
    if classification and actor.may(permission, unit, event=event):
        return too_high(actor, permission, unit, event)
    return Refusal(reason)


class Placed(Protocol):
    """A row of a unit, of an event perhaps, at a level."""

    @property
    def unit_id(self) -> UUID: ...
    @property
    def event_id(self) -> UUID | None: ...
    @property
    def classification(self) -> int: ...


def may_on(actor: Actor, permission: Permission, row: Placed, reason: str) -> Verdict:
    """Return True if the permission holds at the row's unit, for its event and level, else the reason."""
    return may(actor, permission, row.unit_id, reason, event=row.event_id, classification=row.classification)


def anywhere(_held: Scope) -> bool:
    """Say that a permission suffices wherever it holds."""
    return True


def too_high(actor: Actor, permission: Permission, unit: UUID | None, event: UUID | None) -> Refusal:
    """Return the refusal of a level above the actor's own."""
    level = actor.permits[permission].ceiling(unit, event)
    return Refusal(_("Your right goes up to the level “{level}” here.").format(level=CLASSIFICATION_WORDS[level]))


def may_administer_units(actor: Actor, unit: UUID | None) -> Verdict:
    """Say whether the actor may create, name or move this unit (None: a unit without a superior)."""
    return may(actor, Permission.UNIT_ADMIN, unit, _("Your post does not administer this unit."))


def may_plan_units(actor: Actor) -> Verdict:
    """Say whether the actor may rehearse changes of units; which units, is judged change by change."""
    if actor.may_somewhere(Permission.UNIT_ADMIN):
        return actor.by(Permission.UNIT_ADMIN, anywhere)
    return Refusal(_("Your post administers no units."))


def may_bound_units(barred: Collection[str]) -> Verdict:
    """Say whether boundaries may be brought that include those of `barred`, units one does not administer (codes)."""
    if not barred:
        return True
    told = _("The files bring boundaries of units that your post does not administer: {codes}.")
    return Refusal(told.format(codes=", ".join(sorted(barred)[:10])))


def may_administer_accounts(actor: Actor, unit: UUID | None) -> Verdict:
    """Say whether the actor may open accounts and fill posts of this unit."""
    return may(actor, Permission.ACCOUNT_ADMIN, unit, _("Your post does not administer accounts of this unit."))


def may_open_in_emergency(actor: Actor) -> Verdict:
    """Say whether the actor may open for itself, to read, what its rights do not reach."""
    if actor.may_somewhere(Permission.EMERGENCY_OPEN):
        return actor.by(Permission.EMERGENCY_OPEN, anywhere)
    return Refusal(_("Your post opens nothing in an emergency."))


def may_review_opening(actor: Actor, row: EmergencyOpening) -> Verdict:
    """Say whether the actor is a superior who reviews the opening: over the officer's unit or the opened one."""
    held = actor.permits.get(Permission.EMERGENCY_REVIEW)
    if held is None or not (held.knows(row.unit_id) or held.knows(row.post.unit_id)):
        return Refusal(_("Your post does not review this opening."))
    if row.account_id == actor.account:
        return Refusal(_("Nobody reviews what was opened by the same account."))
    return actor.by(
        Permission.EMERGENCY_REVIEW, lambda scope: scope.knows(row.unit_id) or scope.knows(row.post.unit_id)
    )


def may_grant(actor: Actor, unit: UUID | None) -> Verdict:
    """Say whether the actor may grant and withdraw roles at this unit."""
    held = actor.permits.get(Permission.GRANT)
    if held is not None and (held.knows(unit) if unit else held.units is None):
        return True
    return Refusal(_("Your post may not grant roles at this unit."))


def may_delegate(held: Collection[UUID], grant: Grant, unit: UUID, event: UUID | None, classification: int) -> Verdict:
    """Say whether whoever holds these posts may let another post use a granted role, never beyond the grant."""
    if grant.post_id not in held:
        return Refusal(_("Your post was not granted this role itself."))
    if unit not in directory.current().reach(grant.unit_id):
        return Refusal(_("Your own right does not reach this unit."))
    if grant.event_id is not None and event not in (None, grant.event_id):
        return Refusal(_("Your own right is for another event."))
    if classification > grant.classification:
        level = CLASSIFICATION_WORDS[grant.classification]
        return Refusal(_("Your right goes up to the level “{level}” here.").format(level=level))
    return True


def may_end_delegated(actor: Actor, held: Collection[UUID], right: Right) -> Verdict:
    """Say whether the actor takes a delegated right back: who gave or could grant it, or administers the receiver."""
    if right.behalf in held or may_grant(actor, right.unit):
        return True
    reason = _("Only the post that delegated this, its administrators and the receiver's take it back.")
    receiver = directory.current().posts.get(right.post)
    return may(actor, Permission.ACCOUNT_ADMIN, receiver.unit if receiver else None, reason)


def may_set_substitutes(actor: Actor, held: Collection[UUID], post: Post) -> Verdict:
    """Say whether the actor says who acts in the post: its holder, or the administrator of its unit."""
    if post.id in held:
        return True
    reason = _("Only its holder and the administrator of its unit say who acts in a post.")
    return may(actor, Permission.ACCOUNT_ADMIN, post.unit_id, reason)


def may_grant_role(actor: Actor, role: Role, unit: UUID, event: UUID | None, classification: int) -> Verdict:
    """Say whether the actor may grant this role: nobody grants beyond its own unit, event and level."""
    held = actor.permits.get(Permission.GRANT)
    if not may_grant(actor, unit) or held is None:
        return may_grant(actor, unit)
    ceiling = held.ceiling(unit, event)
    if ceiling < 0:
        return Refusal(_("Your post grants roles for its event only; say which."))
    if classification > ceiling:
        return too_high(actor, Permission.GRANT, unit, event)
    if Permission.GRANT in PERMITS[role] and event is not None:
        return Refusal(_("Whoever grants roles does so for all events."))
    return True
