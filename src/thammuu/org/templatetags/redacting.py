"""`{% redaction "log_entry" row.id %}`: says on an object's page that it was redacted, and leads to proposing it."""

from typing import Any
from uuid import UUID

from django import template

from thammuu.journal.redaction.notices import notice_of
from thammuu.journal.subjects import Subject
from thammuu.org.rules import Permission
from thammuu.org.web import actor_of

register = template.Library()


@register.inclusion_tag("org/redaction.html", takes_context=True)
def redaction(context: dict[str, Any], kind: str, id: UUID, words: str = "") -> dict[str, Any]:
    """Return what the page shows of it: the sentence, and whether the reader may propose one.

    `words` are some that a redaction takes away: an object that still has them is not looked up, so that a page of
    many asks no more of the database than a page of one.
    """
    actor = actor_of(context["request"])
    return {
        "kind": kind,
        "id": id,
        "says": "" if words else notice_of(Subject(kind), id, actor.language),
        "may_redact": actor.may_somewhere(Permission.REDACT),
    }
