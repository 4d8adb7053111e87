"""How alerts and files show themselves in threads, search and my work, and what their facts change on open pages."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.template.loader import render_to_string
from django.utils import translation

from thammuu.interop.models import Alert, InboundFile
from thammuu.interop.queries import alert_row, file_row
from thammuu.journal.feed import FeedEntry
from thammuu.journal.presentation import Card, Fragment, fragments
from thammuu.journal.redaction.words import said
from thammuu.journal.subjects import Subject
from thammuu.kernel import clock
from thammuu.kernel.actor import Scope
from thammuu.org.policies import visible_in


def alert_cards(scope: Scope, ids: Collection[UUID], language: str) -> Mapping[UUID, Card]:
    """Return the cards of those alerts that the scope covers; what is not real says so in its title."""
    now = clock.now()
    found = {}
    with translation.override(language):
        for alert in Alert.objects.filter(visible_in(scope), id__in=ids).defer("content", "raw"):
            row = alert_row(alert, now)
            title = f"[{row.mark}] {said(row.headline)}" if row.mark else said(row.headline)
            found[alert.id] = Card(title, row.state, row.tone, row.url, alert.received_at, alert.unit_id)
    return found


def file_cards(scope: Scope, ids: Collection[UUID], language: str) -> Mapping[UUID, Card]:
    """Return the cards of those files that the scope covers."""
    with translation.override(language):
        files = InboundFile.objects.filter(visible_in(scope), id__in=ids).defer("content")
        rows = [file_row(file) for file in files]
        return {row.id: Card(row.name, row.verdict, row.tone, row.url, row.received_at, row.unit) for row in rows}


@fragments("interop.alert_")
def render(entries: Sequence[FeedEntry], language: str) -> Mapping[UUID, Sequence[Fragment]]:
    """Return, for each entry, the row of the alert that it is about."""
    now = clock.now()
    ids = {entry.subject_id for entry in entries if entry.subject_kind == Subject.ALERT}
    with translation.override(language):
        rows = {alert.id: alert_row(alert, now) for alert in Alert.objects.filter(id__in=ids).defer("content", "raw")}
        pieces = {
            id: Fragment(
                "alerts",
                f"alert-{id}",
                render_to_string("interop/parts/alert_row.html", {"row": row}).strip(),
                row.sort,
                {"unit": str(row.unit)},
            )
            for id, row in rows.items()
        }
    return {entry.id: [pieces[entry.subject_id]] for entry in entries if entry.subject_id in pieces}
