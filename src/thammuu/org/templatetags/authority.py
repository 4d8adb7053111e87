"""Marks of authority on pages: the level of a row, and the way to why it is seen."""

from typing import Any
from uuid import UUID

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from thammuu.kernel import clock
from thammuu.org.granting.forms import levels_up_to
from thammuu.org.granting.openings import waiting_count
from thammuu.org.queries import events_to_write
from thammuu.org.rules import Permission
from thammuu.org.web import actor_or_none
from thammuu.org.words import CLASSIFICATION_WORDS, level_mark
from thammuu.ui.templatetags.ui import icon

register = template.Library()


@register.simple_tag
def level(classification: int) -> SafeString | str:
    """Show the level as a word in a box; nothing for the lowest."""
    return level_mark(classification)


@register.simple_tag
def print_mark(classification: int) -> SafeString | str:
    """Give the page's root what stands at the head of each of its printed sheets; nothing for the lowest level."""
    if not classification:
        return ""
    return format_html(' data-print-mark="{}: {}"', _("Classification"), CLASSIFICATION_WORDS[classification])


@register.simple_tag
def why_link(kind: str, id: UUID) -> SafeString:
    """Show the link to why something is seen."""
    address, words = reverse("why", args=[kind, id]), _("Why is this seen?")
    return format_html('<a class="button quiet" href="{}">{}{}</a>', address, icon("shield-check"), words)


@register.simple_tag(takes_context=True)
def levels_to_write(context: template.Context) -> list[tuple[int, Any]]:
    """Return the levels at which the reader may write in the duty log."""
    actor = actor_or_none(context["request"])
    held = actor.permits.get(Permission.LOG_WRITE) if actor else None
    return levels_up_to(held.ceiling(None)) if held is not None else []


@register.simple_tag(takes_context=True)
def events_to_write_for(context: template.Context) -> list[tuple[str, str]]:
    """Return the events for which the reader may write in the duty log."""
    actor = actor_or_none(context["request"])
    return events_to_write(actor, Permission.LOG_WRITE, clock.day_of(clock.now())) if actor else []


@register.inclusion_tag("org/granting/notice.html", takes_context=True)
def emergency_notice(context: template.Context) -> dict[str, int]:
    """Tell a superior of emergency openings that wait for its review; nothing where none does."""
    actor = actor_or_none(context["request"])
    return {"count": waiting_count(actor) if actor else 0}
