"""To whom an order goes: units, posts and roles at units; which of them an officer is; and who stands above them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from thammuu.kernel.actor import Actor
from thammuu.kernel.clock import day_of
from thammuu.kernel.errors import BadInput
from thammuu.org import authority, directory
from thammuu.org.models import Grant
from thammuu.org.rules import Role


@dataclass(frozen=True, slots=True)
class Addressee:
    """A unit; or a post of it; or whoever has a role at it."""

    unit: UUID
    post: UUID | None = None
    role: str = ""


@dataclass(frozen=True, slots=True)
class Whom:
    """Which addressees an officer is: its unit (and closed ones that it succeeds), its posts, their roles there."""

    units: frozenset[UUID]
    posts: frozenset[UUID]
    roles: frozenset[str]

    def is_addressed(self, unit: UUID, post: UUID | None, role: str) -> bool:
        """Say whether an order to this addressee is an order to the officer."""
        if post is not None:
            return post in self.posts
        return unit in self.units and (not role or role in self.roles)

    def filter(self) -> Q:
        """Return the same as a filter on addressees."""
        at_unit = Q(unit_id__in=self.units, post_id=None)
        return Q(post_id__in=self.posts) | (at_unit & Q(role__in=["", *self.roles]))


NOBODY = Whom(frozenset(), frozenset(), frozenset())


def whom(actor: Actor, now: datetime) -> Whom:
    """Return which addressees the actor is; what others lend to it is not counted."""
    if actor.account is None or actor.unit is None or actor.post is None:
        return NOBODY
    posts = frozenset(authority.posts_held(actor.account, day_of(now)))
    units = directory.current().stands_for(actor.unit)
    return Whom(units, posts, frozenset(_roles(posts, units, now)))


def lent_posts(actor: Actor, role: str, unit: UUID, now: datetime) -> list[UUID]:
    """Return the posts that lend to the actor and have the role at the unit."""
    lenders = [lent.post for lent in actor.lent]
    return [post for post in lenders if role in _roles([post], directory.current().stands_for(unit), now)]


def checked(to: Collection[Addressee], now: datetime) -> list[Addressee]:
    """Return the addressees, each once. Raises `BadInput` for a closed unit, an unknown one, and a role nobody has."""
    known = directory.current()
    found = list(dict.fromkeys(to))
    if not found:
        raise BadInput("units", _("Say to whom the order goes."))
    for one in found:
        unit = known.units.get(one.unit)
        if unit is None:
            raise BadInput("units", _("There is no such unit."))
        if not unit.stands:
            heirs = ", ".join(known.unit_label(heir) for heir in known.present(one.unit) if heir != one.unit)
            told = _("{unit} is closed. Give the order to {heirs}.") if heirs else _("{unit} is closed.")
            raise BadInput("units", told.format(unit=unit.short_name, heirs=heirs))
        if one.post is not None and (one.post not in known.posts or known.posts[one.post].unit != one.unit):
            raise BadInput("posts", _("There is no such post at the unit."))
        if one.role and not _has_role(one.role, one.unit, now):
            raise BadInput("role", _("Nobody has this role at {unit}.").format(unit=unit.short_name))
    return found


def above(unit: UUID, giver: UUID, now: datetime) -> Addressee | None:
    """Return who is to see to it that a unit answers: the duty officers of the unit above it, else that unit.

    For a unit without a superior, and one whose superior is closed, it is whoever gave the order. None if that is the
    very unit: there is nobody to turn to.
    """
    known = directory.current()
    present = known.present(unit)[0]
    parent = known.units[present].parent if present in known.units else None
    superior = known.present(parent or giver)[0]
    if superior not in known.units or not known.units[superior].stands:
        superior = known.present(giver)[0]
    if superior == present:
        return None
    return Addressee(superior, role=str(Role.DUTY_OFFICER) if _has_role(Role.DUTY_OFFICER, superior, now) else "")


def _roles(posts: Collection[UUID], units: Collection[UUID], now: datetime) -> set[str]:
    found = _granted(now).filter(post__in=posts, unit__in=units)
    return {str(role) for role in found.values_list("role", flat=True)}


def _has_role(role: str, unit: UUID, now: datetime) -> bool:
    return role in set(Role) and _granted(now).filter(role=role, unit=unit).exists()


def _granted(now: datetime) -> QuerySet[Grant]:
    lasting = Q(ends_at=None) | Q(ends_at__gt=now)
    return Grant.objects.filter(lasting, starts_at__lte=now, event_id=None)
