"""Links to an order for an addressee without an account: made, tried and ended."""

import hmac
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.journal.facts import Fact, Link
from thammuu.journal.recording import record
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.errors import BadInput, Missing
from thammuu.kernel.ids import new_id
from thammuu.org.account.bearing import digest_of, new_token, prefix_of
from thammuu.org.policies import visible_to
from thammuu.watch.orders import facts
from thammuu.watch.orders.actions.answering import of_addressee, taken
from thammuu.watch.orders.models import OrderAddressee, OrderLink
from thammuu.watch.orders.policies import may_control
from thammuu.watch.orders.rules import LINK_HOURS, MOST_TRIES, LinkEnd


def make_link(*, actor: Actor, now: datetime, addressee: UUID, hours: int) -> str:
    """Return the token of a new link, this once; an earlier one for the addressee ends.

    Raises `BadInput` for a classified order, which does not leave the house, and for one that has ended.
    """
    if hours not in LINK_HOURS:
        raise BadInput("hours", _("A link holds for 1, 4, 12 or 24 hours."))
    with transaction.atomic():
        row = taken(actor, addressee)
        actor = acting(actor, may_control(actor, row.order))
        if row.classification:
            raise BadInput("hours", _("A classified order goes to nobody by link."))
        if row.order.ended_at is not None:
            raise BadInput("hours", _("The order has ended; nobody needs a link to it."))
        token = new_token()
        earlier = list(OrderLink.objects.select_for_update().filter(addressee=row, ended_at=None))
        told: list[Fact] = [_ended(one, row, now, LinkEnd.REPLACED) for one in earlier]
        link = OrderLink(
            id=new_id(), world=row.world, units=row.units, classification=row.classification, event_id=row.event_id,
            addressee_id=row.id, prefix=token.prefix, digest=token.digest, made_at=now,
            ends_at=now + timedelta(hours=hours),
        )  # fmt: skip
        told.append(_made(link, row))
        _record(told, actor, now, row, [link])
    return token.text


def revoke_link(*, actor: Actor, now: datetime, addressee: UUID) -> bool:
    """Let the addressee's link open nothing any more. Return whether there was one."""
    with transaction.atomic():
        row = taken(actor, addressee)
        actor = acting(actor, may_control(actor, row.order))
        link = OrderLink.objects.select_for_update().filter(addressee=row, ended_at=None).first()
        if link is None:
            return False
        _record([_ended(link, row, now, LinkEnd.REVOKED)], actor, now, row)
        return True


def open_link(*, actor: Actor, now: datetime, token: str) -> OrderLink:
    """Return the link of a token, also one that has ended. Raises `Missing` for a token that is none.

    Who has the beginning of a token and not the rest is counted; too often, and the link ends.
    """
    prefix = prefix_of(token)
    found = OrderLink.objects.select_related("addressee__order")
    link = found.filter(visible_to(actor), prefix=prefix).first() if prefix else None
    if link is not None and hmac.compare_digest(link.digest, digest_of(token)):
        return link
    if link is not None:
        _count(actor, now, link.id)
    raise Missing(_("This link opens nothing."))


def _count(actor: Actor, now: datetime, id: UUID) -> None:
    with transaction.atomic():
        link = OrderLink.objects.select_for_update(of=("self",)).select_related("addressee__order").get(id=id)
        if link.ended_at is not None:
            return
        link.tries += 1
        link.save(update_fields=["tries"])
        if link.tries >= MOST_TRIES:
            _record([_ended(link, link.addressee, now, LinkEnd.TRIED)], actor, now, link.addressee)


def _ended(link: OrderLink, row: OrderAddressee, now: datetime, end: LinkEnd) -> facts.OrderLinkEnded:
    """End a locked link; return what tells of it."""
    link.ended_at, link.end = now, str(end)
    link.save(update_fields=["ended_at", "end"])
    return facts.OrderLinkEnded(**_of(link, row), ended_at=now, end=link.end, prefix=link.prefix)


def _made(link: OrderLink, row: OrderAddressee) -> facts.OrderLinkMade:
    return facts.OrderLinkMade(
        **_of(link, row), links=(Link(Relation.CONCERNS, Subject.ORDER, row.order_id),), world=link.world,
        units=tuple(link.units), classification=link.classification, event_id=link.event_id, addressee_id=row.id,
        prefix=link.prefix, made_at=link.made_at, ends_at=link.ends_at,
    )  # fmt: skip


def _of(link: OrderLink, row: OrderAddressee) -> dict[str, Any]:
    return {**of_addressee(row), "subject_id": link.id}


def _record(
    told: list[Fact], actor: Actor, now: datetime, row: OrderAddressee, rows: list[OrderLink] | None = None
) -> None:
    record(
        *told, actor=actor, at=now, now=now, units=row.units, event=row.event_id, classification=row.classification,
        rows=rows or [],
    )  # fmt: skip
