"""Which tables hold what the facts of decisions and assignments tell, and how these show themselves."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from thammuu.directives import cards, execution_facts, facts, live, models, policies, queries, taken_facts  # noqa: F401 - some register themselves
from thammuu.journal.fold import register_table
from thammuu.journal.presentation import present
from thammuu.journal.redaction.registry import redactable
from thammuu.journal.subjects import Subject
from thammuu.org import open_work
from thammuu.org.web import actor_or_none
from thammuu.ui import navigation


def register() -> None:
    """Register the tables, what of them can be redacted, the cards and the ways in."""
    _tables()
    open_work.provide("assignments", _("Open assignments"), queries.open_by_unit)
    present(Subject.DECISION, cards.decision_cards)
    present(Subject.ASSIGNMENT, cards.assignment_cards)
    present(Subject.PROGRESS, cards.progress_cards)
    present(Subject.GUIDANCE, cards.guidance_cards)
    present(Subject.EXTENSION_REQUEST, cards.request_cards)
    present(Subject.EVIDENCE, cards.evidence_cards)
    navigation.register("assignments", _("Assignments"), "assignments", icon="clipboard-list", order=30, keys="g a")
    navigation.register("decisions", _("Decisions"), "decisions", icon="gavel", order=31, keys="g d")
    navigation.register_action(
        "take-decision", _("Take a decision"), "new_decision", icon="gavel", order=31, shown=may_decide
    )


def _tables() -> None:
    register_table(Subject.DECISION, models.Decision, derived={"search_text"})
    register_table(Subject.ASSIGNMENT, models.Assignment, derived={"search_text", "likeness"})
    register_table(Subject.ASSIGNMENT_CHANGE, models.AssignmentChange)
    register_table(Subject.PROGRESS, models.Progress)
    register_table(Subject.GUIDANCE, models.Guidance)
    register_table(Subject.EXTENSION_REQUEST, models.ExtensionRequest)
    register_table(Subject.EVIDENCE, models.Evidence)
    searched = {"search_text": ""}
    redactable(Subject.DECISION, {"title": "", "reason": ""}, derived=searched)
    taken = {"taken_from": "", "taken_document": "", "taken_words": ""}
    words = {"title": "", "product": "", "reason": "", **taken}
    redactable(Subject.ASSIGNMENT, words, derived={**searched, "likeness": ""})
    redactable(Subject.ASSIGNMENT_CHANGE, {"reason": ""})
    redactable(Subject.PROGRESS, {"note": "", "obstacle": ""})
    redactable(Subject.GUIDANCE, {"question": "", "answer": ""})
    redactable(Subject.EXTENSION_REQUEST, {"reason": "", "ruling": ""})
    redactable(Subject.EVIDENCE, {"text": "", "reason": ""}, related=models.files_of)


def may_decide(request: HttpRequest) -> bool:
    """Say whether who asks decides for any unit."""
    actor = actor_or_none(request)
    return actor is not None and bool(policies.deciding_units(actor))
