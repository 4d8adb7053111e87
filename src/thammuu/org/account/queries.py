"""Reads of second factors, sessions and tokens, as plain rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from thammuu.journal import feed
from thammuu.journal.feed import FeedEntry
from thammuu.journal.models import Entry
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.org import directory
from thammuu.org import queries as org
from thammuu.org.account import facts, rules
from thammuu.org.account.identities import digest_of
from thammuu.org.account.models import AddressBlock, ApiToken, Factor, SignInIdentity, SignInSession
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


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token as its officer and its administrator see it. `over` by time, `left` with the post; `unit` "" for all."""

    id: UUID
    purpose: str
    prefix: str
    scopes: tuple[str, ...]
    unit: str
    post_id: UUID
    post: str
    sign_in_name: str
    made_at: datetime
    ends_at: datetime
    over: bool
    left: bool
    used_on: date | None
    uses: int


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
    units = actor.units_of(Permission.ACCOUNT_ADMIN)
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
    about.update(SignInIdentity.objects.filter(account_id=account).values_list("id", flat=True))
    about.update(ApiToken.objects.filter(account_id=account).values_list("id", flat=True))
    return feed.of_subjects(about)[: -count - 1 : -1]


def resets_of(accounts: Iterable[UUID], since: datetime) -> list[FeedEntry]:
    """Return when a superior reset these accounts, the newest first."""
    told = facts.AccountRestored.fact_kind
    found = Entry.objects.filter(subject_id__in=list(accounts), kind=told, recorded_at__gte=since)
    return feed.of_entries(found.values_list("id", flat=True))[::-1]


def token_of(prefix: str, now: datetime) -> ApiToken | None:
    """Return the token that is recognised by this, if it holds: not over, not revoked, its post still held."""
    today = clock.day_of(now)
    held = Q(holding__starts_on__lte=today) & (Q(holding__ends_on=None) | Q(holding__ends_on__gt=today))
    return ApiToken.objects.filter(held, prefix=prefix, revoked_at=None, ends_at__gt=now).first()


def tokens_of(account: UUID, now: datetime) -> list[TokenRow]:
    """Return the account's tokens that nobody has revoked and that ended a month ago at most, the newest first."""
    return _token_rows(ApiToken.objects.filter(account_id=account), now)


def tokens_below(actor: Actor, now: datetime) -> list[TokenRow]:
    """Return the tokens of posts in units whose accounts the actor administers, the newest first; one statement."""
    if not actor.may_somewhere(Permission.ACCOUNT_ADMIN):
        return []
    units = actor.units_of(Permission.ACCOUNT_ADMIN)
    rows = _token_rows(ApiToken.objects.all(), now)
    return [row for row in rows if units is None or unit_of(row.post_id) in units]


def _token_rows(found: QuerySet[ApiToken], now: datetime) -> list[TokenRow]:
    known, today = directory.current(), clock.day_of(now)
    shown = found.filter(revoked_at=None, ends_at__gt=now - timedelta(days=30)).select_related("holding", "account")
    return [
        TokenRow(
            id=row.id,
            purpose=row.purpose,
            prefix=row.prefix,
            scopes=tuple(row.scopes),
            unit=known.unit_label(row.unit_id),
            post_id=row.holding.post_id,
            post=known.post_label(row.holding.post_id),
            sign_in_name=row.account.sign_in_name,
            made_at=row.made_at,
            ends_at=row.ends_at,
            over=row.ends_at <= now,
            left=row.holding.ends_on is not None and row.holding.ends_on <= today,
            used_on=row.used_on,
            uses=row.uses,
        )
        for row in shown.order_by("-made_at", "-id")
    ]


@dataclass(frozen=True, slots=True)
class IdentityRow:
    """An identity that opens an account."""

    id: UUID
    issuer: str
    subject: str
    linked_at: datetime


def identities_of(account: UUID) -> list[IdentityRow]:
    """Return the identities that open the account, in the order in which they were linked."""
    found = SignInIdentity.objects.filter(account_id=account, unlinked_at=None).order_by("linked_at", "id")
    return [IdentityRow(row.id, row.issuer, row.subject, row.linked_at) for row in found]


def account_of_identity(issuer: str, subject: str) -> Account | None:
    """Return the open account that the identity opens, None for none; a row that was tampered with opens none."""
    row = SignInIdentity.objects.filter(issuer=issuer, subject=subject, unlinked_at=None).select_related("account")
    found = row.filter(account__is_active=True).first()
    if found is None or digest_of(bytes(found.salt), issuer, subject) != found.digest:
        return None
    return found.account


def holding_of(account: UUID, post: UUID, today: date) -> UUID | None:
    """Return by which holding the account has the post today."""
    held = Holding.objects.filter(account_id=account, post_id=post, starts_on__lte=today)
    return held.filter(Q(ends_on=None) | Q(ends_on__gt=today)).values_list("id", flat=True).first()


def unit_of(post: UUID) -> UUID | None:
    """Return the unit in which a post stands today."""
    row = directory.current().posts.get(post)
    return row.unit if row else None


def is_blocked(address: str, now: datetime) -> datetime | None:
    """Return until when nothing is taken from the address, None if it is not blocked."""
    if not address:
        return None
    block = block_of(address, now)
    return block.ends_at if block else None


def block_of(address: str, now: datetime) -> AddressBlock | None:
    """Return the block of an address; one that a clock noted which has been put back since counts no more."""
    return AddressBlock.objects.filter(blocking(now), address=address).first()


def blocking(now: datetime) -> Q:
    """Return the filter for the blocks in force."""
    return Q(began_at__lte=now + clock.SKEW, ends_at__gt=now)


def lately(now: datetime) -> Q:
    """Return the filter for the attempts within the window; see `block_of` for those that have not been yet."""
    return Q(at__lte=now + clock.SKEW, at__gt=now - rules.WINDOW)


def name_of(account: UUID) -> str:
    """Return the sign-in name."""
    return Account.objects.values_list("sign_in_name", flat=True).get(id=account)
