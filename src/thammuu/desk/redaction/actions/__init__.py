"""The only writers of redactions."""

from thammuu.desk.redaction.actions.carrying_out import carry_out_redaction
from thammuu.desk.redaction.actions.deciding import confirm_redaction, refuse_redaction, withdraw_redaction
from thammuu.desk.redaction.actions.proposing import propose_redaction
from thammuu.desk.redaction.actions.reapplying import reapply_redaction

__all__ = [
    "carry_out_redaction",
    "confirm_redaction",
    "propose_redaction",
    "reapply_redaction",
    "refuse_redaction",
    "withdraw_redaction",
]
