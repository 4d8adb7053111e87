"""Which tables hold what the facts of incoming documents tell, and how these show themselves."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from thammuu.directives.incoming import cards, facts, models  # noqa: F401 - facts register themselves
from thammuu.directives.incoming.policies import registering_units
from thammuu.journal.fold import register_table
from thammuu.journal.presentation import present
from thammuu.journal.redaction.registry import redactable
from thammuu.journal.subjects import Subject
from thammuu.org.web import actor_or_none
from thammuu.ui import navigation


def register() -> None:
    """Register the tables, what of them can be redacted, the cards and the ways in."""
    register_table(Subject.INCOMING_DOCUMENT, models.IncomingDocument, derived={"search_text", "likeness"})
    register_table(Subject.INCOMING_TEXT, models.IncomingText, derived={"search_text"})
    register_table(Subject.CLAUSE_MEASURE, models.ClauseMeasure)
    redactable(
        Subject.INCOMING_DOCUMENT,
        {"issuer": "", "abstract": "", "note": "", "reason": "", "correction": "", "why": ""},
        derived={"search_text": "", "likeness": ""},
        related=models.texts_of,
    )
    redactable(Subject.INCOMING_TEXT, {"clauses": []}, derived={"search_text": ""})
    present(Subject.INCOMING_DOCUMENT, cards.incoming_cards)
    navigation.register("incoming", _("Incoming documents"), "incoming", icon="inbox", order=32, keys="g e")
    navigation.register_action(
        "register-incoming",
        _("Register an incoming document"),
        "new_incoming",
        icon="inbox",
        order=33,
        shown=_may_register,
    )


def _may_register(request: HttpRequest) -> bool:
    actor = actor_or_none(request)
    return actor is not None and bool(registering_units(actor))
