"""Tokens of other systems are made, used and revoked."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import cast
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from thammuu.journal.recording import record
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Missing, require
from thammuu.kernel.ids import new_id
from thammuu.org.account import facts, policies, queries, rules
from thammuu.org.account.actions.ending import own_units
from thammuu.org.account.bearing import new_token
from thammuu.org.account.models import ApiToken
from thammuu.org.account.scopes import BY_ADDRESS, SCOPES, is_covered
from thammuu.org.models import Account

LONGEST_PURPOSE = 100


def make_token(
    *,
    actor: Actor,
    now: datetime,
    purpose: str,
    scopes: Collection[str],
    unit: UUID | None,
    ends_at: datetime,
) -> str:
    """Let another system act for the actor's post, within these scopes, at the unit and below (None: wherever the post
    may). Return the token, this once. Raises `BadInput`, and `Refused` for more than the post itself may do.
    """
    purpose, wanted = purpose.strip(), _least(scopes)
    _check(now, purpose, wanted, ends_at)
    require(policies.may_make_token(actor, wanted, unit))
    own, post = cast(UUID, actor.account), cast(UUID, actor.post)
    made = new_token()
    with transaction.atomic():
        account = Account.objects.select_for_update().only("id").get(id=own)
        if ApiToken.objects.filter(account=account, revoked_at=None, ends_at__gt=now).count() >= rules.TOKENS:
            raise BadInput("", _("An account has at most {most} tokens; revoke one first.").format(most=rules.TOKENS))
        holding = queries.holding_of(own, post, clock.day_of(now))
        if holding is None:
            raise BadInput("", _("Your account holds no post today, so no system can act for it."))
        row = ApiToken(
            id=new_id(),
            account=account,
            holding_id=holding,
            unit_id=unit,
            purpose=purpose,
            scopes=wanted,
            prefix=made.prefix,
            made_at=now,
            ends_at=ends_at,
            digest=made.digest,
        )
        record(_made(row), actor=actor, at=now, now=now, units=own_units(actor), rows=[row])
    return made.text


def revoke_token(*, actor: Actor, now: datetime, token: UUID, reason: str = "") -> None:
    """Make a token void at once. Raises `Missing` for one that is not there or void already."""
    with transaction.atomic():
        found = ApiToken.objects.select_for_update(of=("self",)).select_related("holding__post")
        row = found.filter(id=token, revoked_at=None).first()
        unit = queries.unit_of(row.holding.post_id) if row else None
        if row is None or not policies.may_revoke_token(actor, row.account_id, unit):
            raise Missing(_("This token does not exist any more."))
        told = revoke_rows([row], now, reason.strip())
        record(*told, actor=actor, at=now, now=now, units=[row.holding.post.unit_id])


def note_use(*, actor: Actor, now: datetime, token: UUID, uses: int, day: date) -> None:
    """Keep on which day a token was last used and how often it was; no fact, it would be one a request."""
    ApiToken.objects.filter(id=token, revoked_at=None).update(used_on=day, uses=F("uses") + uses)


def revoke_rows(tokens: Iterable[ApiToken], now: datetime, reason: str = "") -> list[facts.TokenRevoked]:
    """Change the locked rows, their digests gone, and return what is to be recorded of them."""
    told = []
    for row in tokens:
        row.revoked_at, row.digest = now, ""
        row.save(update_fields=["revoked_at", "digest"])
        told.append(
            facts.TokenRevoked(subject_id=row.id, revoked_at=now, prefix=row.prefix, purpose=row.purpose, reason=reason)
        )
    return told


def open_tokens(account: UUID) -> list[ApiToken]:
    """Lock and return the account's tokens that nobody has revoked."""
    return list(ApiToken.objects.select_for_update().filter(account_id=account, revoked_at=None).order_by("id"))


def _least(scopes: Collection[str]) -> list[str]:
    """Return the scopes in order, without those that another one includes."""
    return [
        scope for scope in SCOPES if scope in scopes and not is_covered(scope, [one for one in scopes if one != scope])
    ] + sorted(set(scopes) - set(SCOPES))


def _check(now: datetime, purpose: str, scopes: Collection[str], ends_at: datetime) -> None:
    if not purpose:
        raise BadInput("purpose", _("Say what the token is for; its officer and the journal will read it."))
    if len(purpose) > LONGEST_PURPOSE:
        raise BadInput("purpose", _("A purpose has at most {limit} characters.").format(limit=LONGEST_PURPOSE))
    if not scopes:
        raise BadInput("scopes", _("A token that may do nothing is of no use; choose what it may do."))
    unknown = set(scopes) - set(SCOPES)
    if unknown:
        raise BadInput("scopes", _("There is no such scope: {scopes}.").format(scopes=", ".join(sorted(unknown))))
    if len(scopes) > 1 and any(scope.partition(":")[0] in BY_ADDRESS for scope in scopes):
        raise BadInput("scopes", _("A token that stands in an address opens nothing besides."))
    if not now < ends_at <= now + rules.TOKEN_LONGEST:
        raise BadInput("ends_at", _("A token holds for a year at most, and ends in the future."))


def _made(row: ApiToken) -> facts.TokenMade:
    return facts.TokenMade(
        subject_id=row.id,
        account_id=row.account_id,
        holding_id=row.holding_id,
        unit_id=row.unit_id,
        purpose=row.purpose,
        scopes=tuple(row.scopes),
        prefix=row.prefix,
        made_at=row.made_at,
        ends_at=row.ends_at,
    )
