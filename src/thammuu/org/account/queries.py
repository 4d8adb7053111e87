"""Reads of second factors and sessions, as plain rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from thammuu.journal import feed
from thammuu.journal.feed import FeedEntry
from thammuu.journal.models import Entry
from thammuu.kernel.actor import Actor
from thammuu.org import directory
from thammuu.org import queries as org
from thammuu.org.account import facts
from thammuu.org.account.models import Factor, SignInSession
from thammuu.org.account.policies import may_reset
from thammuu.org.account.rules import Kind
from thammuu.org.directory import UnitRow
from thammuu.org.models import Account, Holding
from thammuu.org.rules import Permission


@dataclass(frozen=True, slots=True)
class FactorRow:
    """A second factor in use."""

    id: UUID
    kind: str
    name: str
    added_at: datetime
    codes_left: int | None


@dataclass(frozen=True, slots=True)
class SessionRow:
    """An open session: on what, since when, when it was last seen, and whether it is the reader's own."""

    id: UUID
    device: str
    began_at: datetime
    seen_at: datetime
    ends_at: datetime
    current: bool


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account as its superior sees it."""

    id: UUID
    sign_in_name: str
    posts: tuple[str, ...]
    first_use_ends: datetime | None
    factors: int
    may_reset: bool


def factors_of(account: UUID) -> list[FactorRow]:
    """Return the second factors in use, in the order in which they were added."""
    found = Factor.objects.filter(account_id=account, removed_at=None).order_by("added_at", "id")
    return [FactorRow(row.id, row.kind, row.name, row.added_at, row.codes_left) for row in found]


def needs_second_factor(account: UUID) -> bool:
    """Say whether a password alone does not open the account."""
    return Factor.objects.filter(account_id=account, removed_at=None).exclude(kind=Kind.CODES).exists()


def passkeys_of(account: UUID) -> list[bytes]:
    """Return the public data of the passkeys in use."""
    found = Factor.objects.filter(account_id=account, removed_at=None, kind=Kind.PASSKEY)
    return [bytes(public) for public in found.order_by("id").values_list("public", flat=True)]


def sessions_of(account: UUID, now: datetime, current: UUID | None) -> list[SessionRow]:
    """Return the open sessions, the one seen last first."""
    found = SignInSession.objects.filter(account_id=account, ended_at=None, ends_at__gt=now).order_by("-seen_at", "id")
    return [SessionRow(row.id, row.device, row.began_at, row.seen_at, row.ends_at, row.id == current) for row in found]


def units_of(account: UUID, today: date) -> list[UUID]:
    """Return the units in which the account holds posts today."""
    held = Holding.objects.filter(account_id=account, starts_on__lte=today)
    return list(held.filter(Q(ends_on=None) | Q(ends_on__gt=today)).values_list("post__unit_id", flat=True))


def accounts_below(actor: Actor, today: date) -> list[AccountRow]:
    """Return the accounts with a post in a unit whose accounts the actor administers, by name; four statements."""
    if not actor.may_somewhere(Permission.ACCOUNT_ADMIN):
        return []
    units = actor.permits[Permission.ACCOUNT_ADMIN]
    known = directory.current()
    held: dict[UUID, list[UUID]] = {}
    holdings = Holding.objects.filter(starts_on__lte=today).filter(Q(ends_on=None) | Q(ends_on__gt=today))
    for account, post in holdings.order_by("starts_on").values_list("account_id", "post_id"):
        held.setdefault(account, []).append(post)
    strong: dict[UUID, int] = {}
    for account in Factor.objects.filter(removed_at=None).exclude(kind=Kind.CODES).values_list("account_id", flat=True):
        strong[account] = strong.get(account, 0) + 1
    rows = []
    for row in Account.objects.filter(is_active=True).order_by("sign_in_name"):
        posts = held.get(row.id, [])
        at = [known.posts[post].unit for post in posts if post in known.posts]
        if units is None or any(unit in units for unit in at):
            rows.append(
                AccountRow(
                    row.id,
                    row.sign_in_name,
                    tuple(known.post_label(post) for post in posts),
                    row.first_use_ends,
                    strong.get(row.id, 0),
                    bool(may_reset(actor, row.id, at)),
                )
            )
    return rows


def units_without_account(superior: UUID, today: date, whole: bool = False) -> list[UnitRow]:
    """Return the units directly below (`whole`: at any depth), in order, in which nobody holds a post today."""
    known = directory.current()
    held = Holding.objects.filter(starts_on__lte=today).filter(Q(ends_on=None) | Q(ends_on__gt=today))
    taken = set(held.values_list("post__unit_id", flat=True))
    below = known.reach(superior) - {superior} if whole else known.children.get(superior, ())
    return known.in_order([unit for unit in below if unit not in taken])


def superiors(actor: Actor) -> list[UnitRow]:
    """Return the units that have units below them and whose accounts the actor administers."""
    known = directory.current()
    found = org.units_for(actor, Permission.ACCOUNT_ADMIN)
    return [unit for unit in found if known.children.get(unit.id)]


def history(account: UUID, count: int) -> list[FeedEntry]:
    """Return what happened to an account and its second factors, the newest first."""
    about = {account}
    about.update(Factor.objects.filter(account_id=account).values_list("id", flat=True))
    return feed.of_subjects(about)[: -count - 1 : -1]


def resets_of(accounts: Iterable[UUID], since: datetime) -> list[FeedEntry]:
    """Return when a superior reset these accounts, the newest first."""
    told = facts.AccountRestored.fact_kind
    found = Entry.objects.filter(subject_id__in=list(accounts), kind=told, recorded_at__gte=since)
    return feed.of_entries(found.values_list("id", flat=True))[::-1]


def name_of(account: UUID) -> str:
    """Return the sign-in name."""
    return Account.objects.values_list("sign_in_name", flat=True).get(id=account)
