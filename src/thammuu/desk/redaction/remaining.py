"""Places where copies lie besides rows, bodies and files, and what becomes of them: told before anybody agrees."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from thammuu.desk.models import SearchEntry
from thammuu.journal.models import LinkRow
from thammuu.journal.redaction.registry import place


def _indexed(entries: Sequence[UUID]) -> Any:
    count = SearchEntry.objects.filter(entry__in=entries).count()
    text = ngettext(
        "{count} entry, indexed anew without the words", "{count} entries, indexed anew without the words", count
    )
    return text.format(count=count)


def _linked(entries: Sequence[UUID]) -> Any:
    count = LinkRow.objects.filter(entry__in=entries).count()
    return ngettext("{count} link of numbers only; it stays", "{count} links of numbers only; they stay", count).format(
        count=count
    )


place(_("Search index"), _indexed)
place(_("Thread"), _linked)
place(_("Live stream and pages in memory"), lambda _entries: _("forgotten within a second of the confirmation"))
place(_("Open pages"), lambda _entries: _("drawn anew where they are live; others until they are loaded again"))
place(_("The planner’s statistics of the database"), lambda _entries: _("drawn anew"))
place(
    _("Free space in the database’s files and its log"),
    lambda _entries: _("overwritten in the course of time; not readable through the database"),
)
place(
    _("What was printed, exported or copied from a screen"),
    lambda _entries: _("out of reach: whoever has it must be told"),
)
