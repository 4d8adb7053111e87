"""Who may draft, review, approve and issue documents. Who may see them is `org.policies.visible_to`."""

from uuid import UUID

from django.utils.translation import gettext as _

from thammuu.directives.documents.models import Document
from thammuu.directives.models import Decision
from thammuu.directives.policies import deciding_units
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Refusal, Verdict
from thammuu.org.policies import may, may_on
from thammuu.org.rules import Permission


def may_draft(actor: Actor, unit: UUID | None, *, event: UUID | None = None, classification: int = 0) -> Verdict:
    """Say whether the actor may begin documents of the unit: who decides or assigns for it."""
    reason = _("Your post drafts no documents of this unit.")
    assigns = may(actor, Permission.ASSIGN, unit, reason, event=event, classification=classification)
    return assigns or may(actor, Permission.DECIDE, unit, reason, event=event, classification=classification)


def may_draft_from(actor: Actor, decision: Decision) -> Verdict:
    """Say whether the actor may begin a document that puts a decision into words."""
    return may_draft(actor, decision.unit_id, event=decision.event_id, classification=decision.classification)


def may_edit(actor: Actor, document: Document) -> Verdict:
    """Say whether the actor may work on the draft, submit or abandon it."""
    return _drafts(actor, document, _("Your post does not work on documents of this unit."))


def may_review(actor: Actor, document: Document) -> Verdict:
    """Say whether the actor may review: who works on documents of the unit, but not the post that submitted it."""
    if actor.post is not None and actor.post == document.submitted_by_id:
        return Refusal(_("The post that submitted a document does not review it."))
    return _drafts(actor, document, _("Your post does not review documents of this unit."))


def may_return(actor: Actor, document: Document) -> Verdict:
    """Say whether the actor may send the document back: anyone who works on it, the submitting post too."""
    return _drafts(actor, document, _("Your post does not review documents of this unit."))


def may_approve(actor: Actor, document: Document) -> Verdict:
    """Say whether the actor may approve: who decides for the issuing unit."""
    return may_on(actor, Permission.DECIDE, document, _("Your post does not decide for this unit."))


def may_issue(actor: Actor, document: Document) -> Verdict:
    """Say whether the actor may give the approved document its number and issue it."""
    return _drafts(actor, document, _("Your post does not issue documents of this unit."))


def may_assign_from(actor: Actor, document: Document) -> Verdict:
    """Say whether the actor may assign tasks from the document's text: who assigns for the issuing unit."""
    return may_on(actor, Permission.ASSIGN, document, _("Your post does not assign tasks for this unit."))


def may_comment(actor: Actor, document: Document) -> Verdict:
    """Say whether the actor may comment on sections that it sees: any post."""
    return Refusal(_("A comment is made by a post, and you hold none today.")) if actor.post is None else True


def may_name_types(actor: Actor, unit: UUID | None) -> Verdict:
    """Say whether the actor may add types and abbreviations of the unit: its administrator."""
    return may(actor, Permission.UNIT_ADMIN, unit, _("Your post does not administer this unit."))


def drafting_units(actor: Actor) -> list[UUID]:
    """Return the units for which the actor drafts: its own, and those it decides for on behalf of another post."""
    units = dict.fromkeys([*([actor.unit] if actor.unit else []), *deciding_units(actor)])
    return [unit for unit in units if may_draft(actor, unit)]


def _drafts(actor: Actor, document: Document, reason: str) -> Verdict:
    return may_on(actor, Permission.ASSIGN, document, reason) or may_on(actor, Permission.DECIDE, document, reason)
