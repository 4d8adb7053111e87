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
    """Which addressees an officer is: its unit (and closed ones that it succeeds), its posts, and their roles.

    A role counts at the unit at which it was granted, wherever its post stands: those who keep a ministry's watch
    sit in its command centre.
    """

    units: frozenset[UUID]
    posts: frozenset[UUID]
    roles: frozenset[tuple[str, UUID]]

    def is_addressed(self, unit: UUID, post: UUID | None, role: str) -> bool:
        """Say whether an order to this addressee is an order to the officer."""
        if post is not None:
            return post in self.posts
        return (role, unit) in self.roles if role else unit in self.units

    def filter(self) -> Q:
        """Return the same as a filter on addressees."""
        found = Q(post_id__in=self.posts) | Q(post_id=None, role="", unit_id__in=self.units)
        for role, unit in sorted(self.roles):
            found |= Q(post_id=None, role=role, unit_id=unit)
        return found


NOBODY = Whom(frozenset(), frozenset(), frozenset())


def whom(actor: Actor, now: datetime) -> Whom:
    """Return which addressees the actor is; what others lend to it is not counted."""
    if actor.account is None or actor.unit is None or actor.post is None:
        return NOBODY
    posts = frozenset(authority.posts_held(actor.account, day_of(now)))
    return Whom(directory.current().stands_for(actor.unit), posts, _roles(posts, now))


def lent_posts(actor: Actor, role: str, unit: UUID, now: datetime) -> list[UUID]:
    """Return the posts that lend to the actor and have the role at the unit."""
    return [lent.post for lent in actor.lent if (role, unit) in _roles([lent.post], now)]


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

    Where nobody is there, it is the unit that gave the order. None once that is reached: it sees what is overdue.
    """
    known = directory.current()
    present, giving = known.present(unit)[0], known.present(giver)[0]
    if giving in known.below(present):
        return None
    parent = known.units[present].parent
    superior = known.present(parent)[0] if parent else giving
    if _has_role(Role.DUTY_OFFICER, superior, now):
        return Addressee(superior, role=str(Role.DUTY_OFFICER))
    manned = any(post.unit == superior for post in known.posts.values())
    return Addressee(superior if manned else giving)


def _roles(posts: Collection[UUID], now: datetime) -> frozenset[tuple[str, UUID]]:
    """Return the roles of the posts and where they hold; of a closed unit at the closed one and at its successor."""
    known, found = directory.current(), set[tuple[str, UUID]]()
    for role, unit in _granted(now).filter(post__in=posts).values_list("role", "unit_id"):
        found |= {(str(role), one) for one in (unit, *known.present(unit))}
    return frozenset(found)


def _has_role(role: str, unit: UUID, now: datetime) -> bool:
    return role in set(Role) and _granted(now).filter(role=role, unit=unit).exists()


def _granted(now: datetime) -> QuerySet[Grant]:
    lasting = Q(ends_at=None) | Q(ends_at__gt=now)
    return Grant.objects.filter(lasting, starts_at__lte=now, event_id=None)
