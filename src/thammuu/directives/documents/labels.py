"""The words and tones of a document's states, steps, standing, stamps and parts."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thammuu.directives.documents.rules import Capacity, Circulation, DocumentState, Effect, Standing, Step
from thammuu.paper.clauses import ClauseKind

STATES: Mapping[DocumentState, Promise] = {
    DocumentState.DRAFT: pgettext_lazy("document", "Draft"),
    DocumentState.IN_REVIEW: pgettext_lazy("document", "In review"),
    DocumentState.REVIEWED: pgettext_lazy("document", "Reviewed"),
    DocumentState.APPROVED: pgettext_lazy("document", "Approved"),
    DocumentState.ISSUED: pgettext_lazy("document", "Issued"),
    DocumentState.ABANDONED: pgettext_lazy("document", "Abandoned"),
}
STEPS: Mapping[Step, Promise] = {
    Step.SUBMIT: pgettext_lazy("step of a document", "Submitted for review"),
    Step.AGREE: pgettext_lazy("step of a document", "Agreed"),
    Step.RETURN: pgettext_lazy("step of a document", "Returned"),
    Step.APPROVE: pgettext_lazy("step of a document", "Approved"),
    Step.ISSUE: pgettext_lazy("step of a document", "Issued"),
    Step.ABANDON: pgettext_lazy("step of a document", "Abandoned"),
}
STANDINGS: Mapping[Standing, Promise] = {
    Standing.IN_FORCE: pgettext_lazy("document", "In force"),
    Standing.AMENDED: pgettext_lazy("document", "Amended"),
    Standing.REPLACED: pgettext_lazy("document", "Replaced"),
    Standing.REVOKED: pgettext_lazy("document", "Revoked"),
}
EFFECTS: Mapping[Effect, Promise] = {
    Effect.AMENDS: pgettext_lazy("document", "Amends"),
    Effect.REPLACES: pgettext_lazy("document", "Replaces"),
    Effect.REVOKES: pgettext_lazy("document", "Revokes"),
}
CIRCULATIONS: Mapping[Circulation, Promise] = {
    Circulation.RETURN: _("Return after reading"),
    Circulation.INTERNAL: _("Internal circulation"),
}
STAMPED: Mapping[Circulation, str] = {
    Circulation.NONE: "",
    Circulation.RETURN: "XEM XONG TRẢ LẠI",
    Circulation.INTERNAL: "LƯU HÀNH NỘI BỘ",
}
CAPACITIES: Mapping[Capacity, Promise] = {
    Capacity.OWN: _("In its own right"),
    Capacity.FOR_COLLECTIVE: _("TM. – for a collective"),
    Capacity.ACTING: _("Q. – acting head"),
    Capacity.DEPUTY: _("KT. – deputy for the head"),
    Capacity.BY_ORDER: _("TL. – by order of the head"),
    Capacity.AUTHORISED: _("TUQ. – by the head's authorisation"),
}
CLAUSES: Mapping[ClauseKind, Promise] = {
    ClauseKind.GROUND: pgettext_lazy("kind of clause", "Ground"),
    ClauseKind.PART: pgettext_lazy("kind of clause", "Part"),
    ClauseKind.CHAPTER: pgettext_lazy("kind of clause", "Chapter"),
    ClauseKind.SECTION: pgettext_lazy("kind of clause", "Section"),
    ClauseKind.ARTICLE: pgettext_lazy("kind of clause", "Article"),
    ClauseKind.CLAUSE: pgettext_lazy("kind of clause", "Clause"),
    ClauseKind.POINT: pgettext_lazy("kind of clause", "Point"),
    ClauseKind.INDENT: pgettext_lazy("kind of clause", "Indented line"),
    ClauseKind.PARAGRAPH: pgettext_lazy("kind of clause", "Paragraph"),
}


def tone_of(state: DocumentState, standing: Standing) -> str:
    """Return the tone of a document: colour only for one that was issued and is not as it was."""
    if standing in (Standing.REPLACED, Standing.REVOKED, Standing.AMENDED):
        return "caution"
    if state == DocumentState.ISSUED:
        return "normal"
    return "off" if state == DocumentState.ABANDONED else "standby"
