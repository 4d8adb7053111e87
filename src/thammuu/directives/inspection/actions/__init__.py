"""The only writers of inspections."""

from thammuu.directives.inspection.actions.correcting import assign_correction, close_finding, conclude_inspection
from thammuu.directives.inspection.actions.filling import fill_sheet, report_inspection
from thammuu.directives.inspection.actions.finding import make_finding, make_statement, strike_finding
from thammuu.directives.inspection.actions.listing import draw_up_checklist, revise_checklist
from thammuu.directives.inspection.actions.passing import (
    announce_inspection,
    begin_inspection,
    cancel_inspection,
    close_inspection,
    move_inspection,
)
from thammuu.directives.inspection.actions.planning import Plan, plan_inspection

__all__ = [
    "Plan",
    "announce_inspection",
    "assign_correction",
    "begin_inspection",
    "cancel_inspection",
    "close_finding",
    "close_inspection",
    "conclude_inspection",
    "draw_up_checklist",
    "fill_sheet",
    "make_finding",
    "make_statement",
    "move_inspection",
    "plan_inspection",
    "report_inspection",
    "revise_checklist",
    "strike_finding",
]
