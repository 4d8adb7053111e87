"""Whoever gave an order has the last word: on read-backs, on what is done, and on whether it still holds."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.journal.facts import Fact
from thammuu.journal.recording import Submission, answered, record
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.errors import BadInput, Missing
from thammuu.org.policies import visible_to
from thammuu.watch.orders import facts
from thammuu.watch.orders.actions.answering import of_addressee, taken
from thammuu.watch.orders.models import Order, OrderAddressee
from thammuu.watch.orders.policies import may_control
from thammuu.watch.orders.rules import WORDS_LIMIT, Act, End, OrderState, ReadBack, after


def withdraw_order(
    *, actor: Actor, now: datetime, order: UUID, reason: str, submission: Submission | None = None
) -> bool:
    """Say that an order holds no more, and why. One that has ended stays as it is. Return whether it held until now."""
    words = _words(reason, "reason", _("Say why the order is withdrawn."))
    with transaction.atomic():
        row = Order.objects.select_for_update().filter(visible_to(actor), id=order).first()
        if row is None:
            raise Missing(_("This order does not exist."))
        actor = acting(actor, may_control(actor, row))
        if answered(actor, submission) is not None or row.ended_at is not None:
            return False
        row.ended_at, row.end, row.end_reason = now, str(End.WITHDRAWN), words
        row.save(update_fields=["ended_at", "end", "end_reason"])
        told = facts.OrderWithdrawn(subject_id=row.id, ended_at=now, end=row.end, end_reason=words, number=row.number)
        record(
            told, actor=actor, at=now, now=now, units=row.units, event=row.event_id,
            classification=row.classification, submission=submission,
        )  # fmt: skip
        return True


def rule_read_back(
    *, actor: Actor, now: datetime, addressee: UUID, correction: str = "", submission: Submission | None = None
) -> bool:
    """Say that an order was read back rightly, or what was misunderstood: then it is read back anew.

    Raises `BadInput` if nothing was read back. Return whether that was not said already.
    """
    words = correction.strip()
    _check_length(words, "correction")
    with transaction.atomic():
        row = taken(actor, addressee)
        actor = acting(actor, may_control(actor, row.order))
        if answered(actor, submission) is not None:
            return False
        if not row.read_back:
            raise BadInput("correction", _("Nothing was read back yet."))
        ruling = str(ReadBack.CORRECTED if words else ReadBack.CONFIRMED)
        if (row.read_back_ruling, row.correction if words else "") == (ruling, words):
            return False
        row.read_back_ruling = ruling
        told: Fact
        if words:
            row.correction = words
            told = facts.OrderReadBackCorrected(**of_addressee(row), read_back_ruling=ruling, correction=words)
        else:
            told = facts.OrderReadBackConfirmed(**of_addressee(row), read_back_ruling=ruling)
        return _saved(actor, now, row, told, submission)


def confirm_completion(*, actor: Actor, now: datetime, addressee: UUID, submission: Submission | None = None) -> bool:
    """Say that it is done indeed, also where the addressee has not said so. Return whether that is new."""
    with transaction.atomic():
        row = taken(actor, addressee)
        actor = acting(actor, may_control(actor, row.order))
        if answered(actor, submission) is not None or row.state == OrderState.CONFIRMED:
            return False
        row.state, row.confirmed_at = str(after(OrderState(row.state), Act.CONFIRM)), now
        told = facts.OrderCompletionConfirmed(**of_addressee(row), state=row.state, confirmed_at=now)
        return _saved(actor, now, row, told, submission)


def return_completion(
    *, actor: Actor, now: datetime, addressee: UUID, reason: str, submission: Submission | None = None
) -> bool:
    """Say that what was said to be done is not, and what lacks. Return whether it was said to be done."""
    words = _words(reason, "reason", _("Say what is not done yet."))
    with transaction.atomic():
        row = taken(actor, addressee)
        actor = acting(actor, may_control(actor, row.order))
        if answered(actor, submission) is not None or row.state not in (OrderState.COMPLETED, OrderState.CONFIRMED):
            return False
        row.state, row.completed_at, row.confirmed_at = str(after(OrderState(row.state), Act.RETURN)), None, None
        told = facts.OrderCompletionReturned(**of_addressee(row), state=row.state, reason=words)
        return _saved(actor, now, row, told, submission)


def _saved(actor: Actor, now: datetime, row: OrderAddressee, told: Fact, submission: Submission | None) -> bool:
    row.save()
    record(
        told, actor=actor, at=now, now=now, units=row.units, event=row.event_id, classification=row.classification,
        submission=submission,
    )  # fmt: skip
    return True


def _words(text: str, field: str, reason: str) -> str:
    if not text.strip():
        raise BadInput(field, reason)
    _check_length(text.strip(), field)
    return text.strip()


def _check_length(text: str, field: str) -> None:
    if len(text) > WORDS_LIMIT:
        raise BadInput(field, _("At most {limit} characters.").format(limit=WORDS_LIMIT))
