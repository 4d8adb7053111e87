"""Which tables hold what the facts of inspections tell, and how inspections show themselves."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from thammuu.directives.inspection import cards, facts, finding_facts, models, policies  # noqa: F401 - facts register themselves
from thammuu.journal.fold import register_table
from thammuu.journal.presentation import present
from thammuu.journal.redaction.registry import redactable
from thammuu.journal.subjects import Subject
from thammuu.org.web import actor_or_none
from thammuu.ui import navigation


def register() -> None:
    """Register the tables, what of them can be redacted, the cards and the way in."""
    register_table(Subject.INSPECTION, models.Inspection, derived={"search_text"})
    register_table(Subject.INSPECTION_CHANGE, models.InspectionChange)
    register_table(Subject.INSPECTION_SHEET, models.InspectionSheet)
    register_table(Subject.FINDING, models.Finding)
    register_table(Subject.FINDING_STATEMENT, models.FindingStatement)
    register_table(Subject.CHECKLIST, models.Checklist)
    redactable(
        Subject.INSPECTION,
        {"title": "", "purpose": "", "checklist_name": "", "reason": ""},
        derived={"search_text": ""},
        related=models.parts_of,
    )
    redactable(Subject.INSPECTION_CHANGE, {"reason": ""})
    redactable(Subject.INSPECTION_SHEET, {"items": []})
    redactable(Subject.FINDING, {"text": "", "reason": ""}, related=models.said_of)
    redactable(Subject.FINDING_STATEMENT, {"text": ""}, related=models.files_of)
    redactable(Subject.CHECKLIST, {"name": "", "items": []}, related=models.made_from)
    present(Subject.INSPECTION, cards.inspection_cards)
    present(Subject.FINDING, cards.finding_cards)
    present(Subject.FINDING_STATEMENT, cards.statement_cards)
    navigation.register("inspections", _("Inspections"), "inspections", icon="eye", order=35, keys="g k")
    navigation.register_action(
        "plan-inspection", _("Plan an inspection"), "new_inspection", icon="eye", order=33, shown=_may_plan
    )


def _may_plan(request: HttpRequest) -> bool:
    actor = actor_or_none(request)
    return actor is not None and policies.plans_somewhere(actor)
