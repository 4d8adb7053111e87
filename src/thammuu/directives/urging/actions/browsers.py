"""Browsers that receive urgings: set up and taken off by their officers, or taken off because they are no more."""

from datetime import datetime
from typing import cast
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from thammuu.directives.urging.deliveries import Carriers
from thammuu.directives.urging.models import UrgingBrowser
from thammuu.directives.urging.policies import may_receive, may_take_off
from thammuu.directives.urging.push.facts import UrgingBrowserSetUp, UrgingBrowserTakenOff
from thammuu.directives.urging.push.subscription import Subscription
from thammuu.directives.urging.rules import Channel, Ended
from thammuu.journal.facts import Fact
from thammuu.journal.recording import Submission, answered, record
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Missing, require
from thammuu.kernel.ids import new_id
from thammuu.org.models import Account

MOST_BROWSERS = 10
LONGEST_NAME = 60


def set_up_browser(
    *, actor: Actor, now: datetime, name: str, given: str, carriers: Carriers, submission: Submission | None = None
) -> UUID:
    """Let a browser receive the urgings of the actor's unit; `given` is what it gave (`Subscription`), as text.

    A browser that was set up before is changed, whoever set it up: the last one has it before them. Raises `BadInput`
    for what the channel does not take, and for one browser too many.
    """
    require(may_receive(actor))
    account = cast(UUID, actor.account)
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise BadInput("name", _("Say what you call it, in at most {most} characters.").format(most=LONGEST_NAME))
    if reason := carriers[Channel.PUSH].refusal_of(given):
        raise BadInput("given", reason)
    there = Subscription.parse(given)
    with transaction.atomic():
        # One officer's at a time, so that they can be counted.
        Account.objects.select_for_update().only("id").get(id=account)
        # Two officers at one browser in turn: the second finds what the first set up.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [there.endpoint])
        row = UrgingBrowser.objects.select_for_update().filter(endpoint=there.endpoint, ended_at=None).first()
        again = answered(actor, submission)
        if again is not None:
            return again.answer
        if row is None or row.account_id != account:
            _check_count(account)
        made = row is None
        row = row or UrgingBrowser(id=new_id(), world=actor.scope.world, endpoint=there.endpoint)
        own = cast(UUID, actor.unit)
        row.units, row.unit_id, row.post_id, row.account_id = [own], own, cast(UUID, actor.post), account
        row.name, row.service, row.digest, row.set_at = name, there.service, there.digest, now
        row.p256dh, row.auth = there.p256dh, there.auth
        if not made:
            row.save()
        told = UrgingBrowserSetUp(subject_id=row.id, **_sets(row))
        rows = [row] if made else []
        return record(told, actor=actor, at=now, now=now, units=row.units, rows=rows, submission=submission).answer


def take_off_browser(
    *, actor: Actor, now: datetime, browser: UUID, why: Ended = Ended.TAKEN_OFF, submission: Submission | None = None
) -> UUID:
    """Send nothing to the browser any more, and forget how it is reached. Raises `Missing` if it is not the actor's."""
    with transaction.atomic():
        row = UrgingBrowser.objects.select_for_update().filter(id=browser).first()
        if row is None or not may_take_off(actor, row):
            raise Missing(_("There is no such browser, or it is not yours."))
        again = answered(actor, submission)
        if again is not None:
            return again.answer
        if row.ended_at is not None:
            raise Missing(_("This browser was taken off already."))
        told = _taken_off(row, now, why)
        return record(told, actor=actor, at=now, now=now, units=row.units, submission=submission).answer


def take_off_browsers(account: UUID, now: datetime) -> list[UrgingBrowserTakenOff]:
    """Take off every browser of an account that is reset: whoever has the device reads nothing more of the unit's.

    Return what is to be recorded.
    """
    found = UrgingBrowser.objects.select_for_update().filter(account=account, ended_at=None).order_by("id")
    return [_taken_off(row, now, Ended.RESET) for row in found]


def _taken_off(row: UrgingBrowser, now: datetime, why: Ended) -> UrgingBrowserTakenOff:
    """Forget how the (locked) browser is reached, and return the fact."""
    row.ended_at, row.reason = now, str(why)
    row.endpoint = row.p256dh = row.auth = ""
    row.save(update_fields=["ended_at", "reason", "endpoint", "p256dh", "auth"])
    return UrgingBrowserTakenOff(subject_id=row.id, ended_at=now, reason=row.reason)


def _check_count(account: UUID) -> None:
    if UrgingBrowser.objects.filter(account=account, ended_at=None).count() >= MOST_BROWSERS:
        raise BadInput(
            "", _("Urgings go to at most {most} of your browsers; take one off first.").format(most=MOST_BROWSERS)
        )


def _sets(row: UrgingBrowser) -> dict[str, object]:
    return {name: getattr(row, name) for name in UrgingBrowserSetUp.model_fields if name not in Fact.model_fields}
