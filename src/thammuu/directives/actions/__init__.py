"""The only writers of decisions and assignments."""

from thammuu.directives.actions.asking import (
    ask_guidance,
    give_guidance,
    grant_extension,
    refuse_extension,
    request_extension,
)
from thammuu.directives.actions.cascading import cascade_assignments
from thammuu.directives.actions.deciding import issue_assignments, take_decision
from thammuu.directives.actions.executing import acknowledge_assignment, hand_in_evidence, report_progress
from thammuu.directives.actions.issuing import Order
from thammuu.directives.actions.naming import name_clause, name_post
from thammuu.directives.actions.refusing import hand_on_assignment, insist_on_assignment, refuse_assignment
from thammuu.directives.actions.reopening import reopen_assignment
from thammuu.directives.actions.taking_over import Followed, take_over_assignments
from thammuu.directives.actions.verifying import (
    close_assignment,
    extend_deadline,
    return_evidence,
    verify_evidence,
)
from thammuu.directives.actions.withdrawing import release_assignments, withdraw_assignment

__all__ = [
    "Followed",
    "Order",
    "acknowledge_assignment",
    "ask_guidance",
    "cascade_assignments",
    "close_assignment",
    "extend_deadline",
    "give_guidance",
    "grant_extension",
    "hand_in_evidence",
    "hand_on_assignment",
    "insist_on_assignment",
    "issue_assignments",
    "name_clause",
    "name_post",
    "refuse_assignment",
    "refuse_extension",
    "release_assignments",
    "reopen_assignment",
    "report_progress",
    "request_extension",
    "return_evidence",
    "take_decision",
    "take_over_assignments",
    "verify_evidence",
    "withdraw_assignment",
]
