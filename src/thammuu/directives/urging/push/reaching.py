"""Whom a message to a browser reaches: what its officer, in the present post, may see of it now."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from thammuu.directives.urging import receivers
from thammuu.directives.urging.models import Urging, UrgingBrowser
from thammuu.directives.urging.policies import may_see_urging
from thammuu.org import authority
from thammuu.org.policies import visible_to


def shares_of(unit: UUID, urgings: Collection[UUID], now: datetime) -> list[tuple[UUID | None, list[UUID]]]:
    """Return each browser of the unit's officers with what may be told to it, and None with what reaches none."""
    browsers = UrgingBrowser.objects.filter(unit=unit, ended_at=None).exclude(endpoint="").order_by("id")
    shares: list[tuple[UUID | None, list[UUID]]] = []
    missed = list(urgings)
    for row in browsers:
        if seen := seen_by(row, urgings, now):
            shares.append((row.id, seen))
            missed = [id for id in missed if id not in seen]
    return [*shares, (None, missed)] if missed else shares


def seen_by(browser: UrgingBrowser, urgings: Collection[UUID], now: datetime) -> list[UUID]:
    """Return what of these the browser's officer may see now: nothing with a closed account or in another unit."""
    actor = authority.actor_of(browser.account_id)
    if actor is None:
        return []
    heads, posts = receivers.is_head(actor, now), receivers.posts_of(actor, now)
    found = Urging.objects.filter(visible_to(actor), id__in=urgings).order_by("urged_at", "id")
    return [row.id for row in found if may_see_urging(actor, row, heads, posts)]
