"""The journal as a list, and each entry with all that is recorded of it."""

from uuid import UUID

import orjson
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from thammuu.desk import journal_pages, words
from thammuu.desk.journal_pages import Filters, may_read_journal
from thammuu.desk.web.asking import day_start, uuid_in
from thammuu.journal.presentation import cards_of
from thammuu.kernel.errors import require
from thammuu.org import queries as org
from thammuu.org.web import actor_of, signed_in

FILTERS = ("kind", "unit", "since", "until")


@signed_in
@require_GET
def journal(request: HttpRequest) -> HttpResponse:
    """Show the newest entries that the reader may read, with filters in the address."""
    actor = actor_of(request)
    require(may_read_journal(actor))
    given = {name: request.GET.get(name, "") for name in FILTERS}
    before = request.GET.get("before", "")
    filters = Filters(
        kind=given["kind"],
        unit=uuid_in(given["unit"]),
        since=day_start(given["since"]),
        until=day_start(given["until"], later=1),
        before=int(before) if before.isdecimal() and len(before) < 18 else None,
    )
    entries, following = journal_pages.entries_page(actor, filters)
    kept = {name: value for name, value in given.items() if value}
    context = {
        "rows": [
            (
                entry,
                words.KINDS[entry.subject_kind],
                entry.say(actor.language),
                org.author_label(entry.post, entry.behalf),
            )
            for entry in entries
        ],
        "filters": filters,
        "given": given,
        "older": urlencode({**kept, "before": str(following)}) if following else "",
        "kinds": [(words.KINDS[subject], kinds) for subject, kinds in journal_pages.kinds().items()],
        "units": org.visible_units(actor),
    }
    return render(request, "desk/journal.html", context)


@signed_in
@require_GET
def journal_entry(request: HttpRequest, id: UUID) -> HttpResponse:
    """Show one entry: every column, what it sets, what it tells, its links."""
    actor = actor_of(request)
    require(may_read_journal(actor))
    entry, row, told = journal_pages.entry_of(actor, id)
    ends = {(entry.subject_kind, entry.subject_id), *(edge.target for edge in told)}
    cards = cards_of(ends, actor.scope, actor.language)
    body = orjson.dumps(entry.body, option=orjson.OPT_INDENT_2).decode() if entry.body else ""
    context = {
        "entry": entry,
        "said": entry.say(actor.language),
        "sequence": row.sequence,
        "digest": bytes(row.body_digest).hex(),
        "body": body,
        "units": org.unit_labels(list(entry.units)),
        "post": org.author_label(entry.post, entry.behalf),
        "subject_kind": words.KINDS[entry.subject_kind],
        "card": cards.get(entry.subject_id),
        "links": [
            {
                "relation": words.RELATIONS[edge.relation],
                "kind": words.KINDS[edge.target[0]],
                "id": edge.target[1],
                "card": cards.get(edge.target[1]),
            }
            for edge in told
        ],
    }
    return render(request, "desk/journal_entry.html", context)
