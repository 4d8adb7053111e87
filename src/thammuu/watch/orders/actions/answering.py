"""Addressees answer: they acknowledge, refuse, report and complete. No answer is lost, however late."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.journal.recording import Submission, answered, record
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.errors import BadInput, Missing
from thammuu.org.policies import visible_to
from thammuu.watch.orders import facts
from thammuu.watch.orders.models import Order, OrderAddressee
from thammuu.watch.orders.policies import may_answer
from thammuu.watch.orders.receivers import whom
from thammuu.watch.orders.rules import WORDS_LIMIT, Act, Clocks, OrderState, ReadBack, after, is_late

SAME_SENDING = timedelta(minutes=2)
"""Who answers by a link has no submissions: the same words within this time are the same answer, pressed twice."""
LONGEST_NAME = 80


class Outcome(StrEnum):
    """What became of an answer."""

    TAKEN = "taken"
    KNOWN = "known"
    AFTER_END = "after_end"


Change = Callable[[OrderAddressee, Mapping[str, Any]], facts.Answer]


def acknowledge_order(
    *,
    actor: Actor,
    now: datetime,
    addressee: UUID,
    read_back: str = "",
    by_link: str = "",
    submission: Submission | None = None,
) -> Outcome:
    """Say that the order has arrived, with the words in which it is read back, where that is wanted.

    The same again changes nothing; other words are a new read-back. `by_link` is the name that was typed where the
    order was opened by its link. Raises `BadInput` for a read-back that is wanted and lacks, `Missing`, `Refused`.
    """
    words = read_back.strip()

    def change(row: OrderAddressee, said: Mapping[str, Any]) -> facts.Answer:
        if words:
            row.read_back, row.read_back_ruling = words, ""
        return facts.OrderAcknowledged(**said, read_back=row.read_back, read_back_ruling=row.read_back_ruling)

    def known(row: OrderAddressee) -> bool:
        if row.order.wants_read_back and not words and (not row.read_back or _is_corrected(row)):
            raise BadInput("read_back", _("Read the order back: write in your own words what you will do."))
        return _is_known(row) and words in ("", row.read_back) and not (words and _is_corrected(row))

    return _answer(actor, now, addressee, Act.ACKNOWLEDGE, words, by_link, submission, change, known)


def refuse_order(
    *,
    actor: Actor,
    now: datetime,
    addressee: UUID,
    reason: str,
    by_link: str = "",
    submission: Submission | None = None,
) -> Outcome:
    """Say that the order cannot be carried out, and why. The same again changes nothing."""
    words = _needed(reason, "reason", _("Say why the order cannot be carried out."))

    def change(row: OrderAddressee, said: Mapping[str, Any]) -> facts.Answer:
        row.refusal = words
        return facts.OrderRefused(**said, refusal=words)

    def known(row: OrderAddressee) -> bool:
        return row.state == OrderState.REFUSED and row.refusal == words

    return _answer(actor, now, addressee, Act.REFUSE, words, by_link, submission, change, known)


def report_on_order(
    *,
    actor: Actor,
    now: datetime,
    addressee: UUID,
    report: str,
    by_link: str = "",
    submission: Submission | None = None,
) -> Outcome:
    """Say how far it is."""
    words = _needed(report, "report", _("Say how far it is."))

    def change(row: OrderAddressee, said: Mapping[str, Any]) -> facts.Answer:
        row.report, row.reported_at = words, now
        return facts.OrderProgressReported(**said, report=words, reported_at=now)

    return _answer(actor, now, addressee, Act.REPORT, words, by_link, submission, change, _pressed_twice(words, now))


def complete_order(
    *,
    actor: Actor,
    now: datetime,
    addressee: UUID,
    report: str,
    by_link: str = "",
    submission: Submission | None = None,
) -> Outcome:
    """Say that it is done, and how it stands now; whoever gave the order then makes sure."""
    words = _needed(report, "report", _("Say how it stands now."))

    def change(row: OrderAddressee, said: Mapping[str, Any]) -> facts.Answer:
        row.report, row.reported_at, row.completed_at = words, now, row.completed_at or now
        return facts.OrderCompleted(**said, report=words, reported_at=now, completed_at=row.completed_at)

    def known(row: OrderAddressee) -> bool:
        return row.completed_at is not None and _pressed_twice(words, now)(row)

    return _answer(actor, now, addressee, Act.COMPLETE, words, by_link, submission, change, known)


def _answer(
    actor: Actor,
    now: datetime,
    addressee: UUID,
    act: Act,
    words: str,
    by_link: str,
    submission: Submission | None,
    change: Change,
    known: Callable[[OrderAddressee], bool],
) -> Outcome:
    if len(words) > WORDS_LIMIT:
        raise BadInput("", _("An answer has at most {limit} characters.").format(limit=WORDS_LIMIT))
    name = _name(actor, by_link)
    with transaction.atomic():
        row = taken(actor, addressee)
        order = row.order
        actor = acting(actor, may_answer(actor, row, whom(actor, now), now))
        if answered(actor, submission) is not None or known(row):
            return Outcome.KNOWN
        said: dict[str, Any] = {**of_addressee(row), "late": is_late(act, clocks_of(row, order), now), "by_link": name}
        if order.ended_at is not None:
            told: facts.Answer = facts.OrderAnswerKept(**said, act=str(act), words=words)
        else:
            row.state, row.answered_at = str(after(OrderState(row.state), act)), row.answered_at or now
            told = change(row, {**said, "state": row.state, "answered_at": row.answered_at})
            row.save()
        record(
            told, actor=actor, at=now, now=now, units=row.units, event=row.event_id,
            classification=row.classification, submission=submission,
        )  # fmt: skip
        return Outcome.AFTER_END if order.ended_at is not None else Outcome.TAKEN


def taken(actor: Actor, id: UUID) -> OrderAddressee:
    """Lock and return an addressee that the actor sees, with its order. Raises `Missing`."""
    rows = OrderAddressee.objects.select_for_update(of=("self",)).select_related("order")
    row = rows.filter(visible_to(actor), id=id).first()
    if row is None:
        raise Missing(_("This order does not exist."))
    return row


def of_addressee(row: OrderAddressee) -> dict[str, Any]:
    """Return how a fact names an addressee."""
    return {
        "subject_id": row.id,
        "number": row.order.number,
        "to_unit": row.unit_id,
        "to_post": row.post_id,
        "to_role": row.role,
    }


def clocks_of(row: OrderAddressee, order: Order) -> Clocks:
    """Return what the clocks of an addressee are judged by."""
    return Clocks(
        OrderState(row.state), order.acknowledge_by, order.report_by, row.answered_at, row.reported_at,
        order.ended_at is not None,
    )  # fmt: skip


def _name(actor: Actor, by_link: str) -> str:
    name = " ".join(by_link.split())
    if actor.account is None and not name:
        raise BadInput("name", _("Say who answers."))
    if len(name) > LONGEST_NAME:
        raise BadInput("name", _("A name has at most {limit} characters.").format(limit=LONGEST_NAME))
    return name if actor.account is None else ""


def _needed(text: str, field: str, reason: str) -> str:
    if not text.strip():
        raise BadInput(field, reason)
    return text.strip()


def _is_known(row: OrderAddressee) -> bool:
    return row.answered_at is not None and row.state != OrderState.REFUSED


def _is_corrected(row: OrderAddressee) -> bool:
    return row.read_back_ruling == ReadBack.CORRECTED


def _pressed_twice(words: str, now: datetime) -> Callable[[OrderAddressee], bool]:
    def known(row: OrderAddressee) -> bool:
        return row.report == words and row.reported_at is not None and now - row.reported_at < SAME_SENDING

    return known
