"""The only writers of decisions and assignments."""

from thammuu.directives.actions.deciding import Order, issue_assignments, take_decision
from thammuu.directives.actions.executing import acknowledge_assignment, hand_in_evidence, report_progress
from thammuu.directives.actions.verifying import (
    close_assignment,
    extend_deadline,
    return_evidence,
    verify_evidence,
    withdraw_assignment,
)

__all__ = [
    "Order",
    "acknowledge_assignment",
    "close_assignment",
    "extend_deadline",
    "hand_in_evidence",
    "issue_assignments",
    "report_progress",
    "return_evidence",
    "take_decision",
    "verify_evidence",
    "withdraw_assignment",
]
