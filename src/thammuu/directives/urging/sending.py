"""The worker's part of what goes out: urgings are put into messages, and each message is tried until it is settled."""

import logging
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from thammuu.directives.models import Assignment
from thammuu.directives.urging import words
from thammuu.directives.urging.actions import begin_delivery, end_delivery, prepare_delivery, take_off_browser
from thammuu.directives.urging.carriers import LANGUAGE, UNCERTAIN
from thammuu.directives.urging.deliveries import (
    Carriers,
    DeliveryState,
    Gone,
    Line,
    Message,
    Undeliverable,
    Unreached,
)
from thammuu.directives.urging.models import Urging, UrgingBrowser, UrgingDelivery
from thammuu.directives.urging.push.reaching import seen_by, shares_of
from thammuu.directives.urging.push.subscription import Subscription
from thammuu.directives.urging.rules import Channel, Ended, Origin
from thammuu.journal.redaction.words import said
from thammuu.kernel import clock
from thammuu.kernel.errors import Missing
from thammuu.org import directory
from thammuu.org.authority import SYSTEM

LATELY = timedelta(days=3)
AT_ONCE = 200
PACKING_LOCK = 0x7468616D6D7520
log = logging.getLogger(__name__)


def prepare(now: datetime, carriers: Carriers) -> int:
    """Put what was urged and is in no message into messages: timers at once, the rest in one digest a day and unit."""
    with transaction.atomic():
        # The statement of a worker that was killed may still be on its way to its commit when the next one begins.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PACKING_LOCK])
        found = _unpacked(now)
        made = 0
        for (channel, unit, timer), ids in found.items():
            # A unit has one mailbox and one webhook; its officers have any number of browsers.
            shares = shares_of(unit, ids, now) if channel == Channel.PUSH else [(None, ids)]
            for browser, share in shares:
                with translation.override(LANGUAGE):
                    prepare_delivery(
                        actor=SYSTEM, now=now, unit=unit, channel=channel, urgings=share, at_once=timer,
                        carriers=carriers, browser=browser,
                    )  # fmt: skip
            made += len(shares)
    return made


def _unpacked(now: datetime) -> dict[tuple[str, UUID, bool], list[UUID]]:
    """Return what is to be put into messages now, by channel, unit and whether it is of a timer."""
    urged = Urging.objects.filter(urged_at__gte=now - LATELY).exclude(channels=[]).order_by("urged_at", "id")
    found: dict[tuple[str, UUID, bool], list[UUID]] = defaultdict(list)
    waiting = list(urged)
    if not waiting:
        return found
    made = list(UrgingDelivery.objects.filter(made_at__gte=now - LATELY))
    packed = {(row.channel, id) for row in made for id in row.urgings}
    today = {(row.channel, row.unit_id) for row in made if not row.at_once and _same_day(row.made_at, now)}
    for row in waiting:
        timer = row.rung.startswith(str(Origin.ISSUE))
        for channel in row.channels:
            if (channel, row.id) not in packed and (timer or (channel, row.unit_id) not in today):
                found[channel, row.unit_id, timer].append(row.id)
    return found


def deliver(now: datetime, carriers: Carriers) -> int:
    """Try each message that is due once; return how many were sent. One that fails does not hold up the others."""
    states = [str(DeliveryState.WAITING), str(DeliveryState.UNCERTAIN)]
    due = UrgingDelivery.objects.filter(state__in=states, next_at__lte=now).select_related("browser__account")
    dead: set[str] = set()
    sent = 0
    # A morning's digests to many browsers do not hold up a timer.
    for row in list(due.order_by("-at_once", "next_at", "id")[:AT_ONCE]):
        # Of what is dead one message is tried a time: each attempt may last until the channel's timeout.
        through = row.channel if row.channel == Channel.MAIL else row.address
        if through not in dead and begin_delivery(actor=SYSTEM, now=now, delivery=row.id):
            state = _attempt(row, now, carriers)
            sent += state is DeliveryState.SENT
            if state in (DeliveryState.WAITING, DeliveryState.UNCERTAIN):
                dead.add(through)
    return sent


def _attempt(row: UrgingDelivery, now: datetime, carriers: Carriers) -> DeliveryState:
    state, fault = DeliveryState.SENT, ""
    try:
        if row.browser is None:
            if not row.address:
                raise Undeliverable(_("The address was redacted before the message was sent."))
            carriers[row.channel].carry(message_of(row, row.urgings), row.address)
        else:
            _push(row, row.browser, now, carriers)
    except Unreached as error:
        state, fault = DeliveryState.WAITING, str(error)
    except Undeliverable as error:
        state, fault = DeliveryState.FAILED, str(error)
    except UNCERTAIN as error:
        # It stays uncertain, and is tried again under the same id.
        log.warning("whether the message %s arrived is uncertain: %s", row.id, error)
        return DeliveryState.UNCERTAIN
    if fault:
        log.warning("the message %s was not sent: %s", row.id, fault)
    end_delivery(actor=SYSTEM, now=now, delivery=row.id, state=state, fault=fault)
    return state


def _push(row: UrgingDelivery, browser: UrgingBrowser, now: datetime, carriers: Carriers) -> None:
    """Send what the browser's officer may see at this attempt; a browser that is no more is taken off."""
    if browser.ended_at is not None or not browser.endpoint:
        raise Undeliverable(_("This browser receives no urgings any more."))
    seen = seen_by(browser, row.urgings, now)
    if not seen:
        raise Undeliverable(_("The officer of this browser may not see this any more."))
    there = Subscription(browser.endpoint, browser.p256dh, browser.auth)
    try:
        carriers[row.channel].carry(message_of(row, seen, browser.account.language), there.text())
    except Gone:
        # Its officer may have taken it off while it was tried.
        with suppress(Missing):
            take_off_browser(actor=SYSTEM, now=now, browser=browser.id, why=Ended.GONE)
        raise


def message_of(row: UrgingDelivery, ids: Sequence[UUID], language: str = LANGUAGE) -> Message:
    """Return a message with these urgings of a delivery. Titles of what is classified stay in the house."""
    urgings = list(Urging.objects.filter(id__in=ids).order_by("counted_from", "id"))
    assignments = Assignment.objects.in_bulk([urging.assignment_id for urging in urgings])
    unit = directory.current().units[row.unit_id]
    with translation.override(language):
        lines = [_line(urging, assignments[urging.assignment_id], language) for urging in urgings]
    return Message(row.id, unit.name, unit.code, row.made_at, lines, language, row.at_once)


def _line(urging: Urging, assignment: Assignment, language: str) -> Line:
    title = "" if assignment.classification or urging.classification else str(said(assignment.title))
    why = words.said_of(urging.rung, urging.counted_from, language)
    return Line(assignment.id, title, why, assignment.deadline)


def _same_day(one: datetime, other: datetime) -> bool:
    return clock.day_of(one) == clock.day_of(other)
