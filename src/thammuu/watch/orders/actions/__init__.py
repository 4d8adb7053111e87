"""The only writers of orders."""

from thammuu.watch.orders.actions.answering import (
    Outcome,
    acknowledge_order,
    complete_order,
    refuse_order,
    report_on_order,
)
from thammuu.watch.orders.actions.controlling import (
    confirm_completion,
    return_completion,
    rule_read_back,
    withdraw_order,
)
from thammuu.watch.orders.actions.giving import Draft, correct_order, give_order
from thammuu.watch.orders.actions.linking import make_link, open_link, revoke_link
from thammuu.watch.orders.actions.overdue import note_overdue

__all__ = [
    "Draft",
    "Outcome",
    "acknowledge_order",
    "complete_order",
    "confirm_completion",
    "correct_order",
    "give_order",
    "make_link",
    "note_overdue",
    "open_link",
    "refuse_order",
    "report_on_order",
    "return_completion",
    "revoke_link",
    "rule_read_back",
    "withdraw_order",
]
