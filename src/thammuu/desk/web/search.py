"""The search page, and what it suggests to the palette."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils.text import Truncator
from django.views.decorators.http import require_GET

from thammuu.desk import words
from thammuu.desk.lexemes import marked, wanted
from thammuu.desk.searching import NEWEST, Asked, Hit, search
from thammuu.desk.thread import STAGE_OF
from thammuu.desk.web.asking import day_start, uuid_in
from thammuu.directives.inside import Where, found_inside
from thammuu.journal.presentation import Card, cards_of
from thammuu.journal.subjects import Subject
from thammuu.kernel.actor import Actor
from thammuu.org import queries as org
from thammuu.org.web import actor_of, signed_in

LONGEST = 200
LONGEST_CLAUSE = 400
SUGGESTED = 8


@signed_in
@require_GET
def search_page(request: HttpRequest) -> HttpResponse:
    """Show what was found, the newest first, with its filters in the address."""
    actor = actor_of(request)
    asked = _asked(request.GET)
    hits = search(actor, asked)
    context = {
        "asked": asked,
        "rows": _rows(_once(hits), _cards(actor, hits)),
        "cut": len(hits) == NEWEST,
        "inside": _inside(actor, asked),
        "units": org.visible_units(actor),
        "kinds": [(str(kind), words.KINDS[kind]) for kind in STAGE_OF],
        "since": request.GET.get("since", ""),
        "until": request.GET.get("until", ""),
    }
    return render(request, "desk/search.html", context)


@signed_in
@require_GET
def suggest(request: HttpRequest) -> JsonResponse:
    """Suggest objects for what is typed: {"results": [{title, url, icon, state}]}."""
    actor = actor_of(request)
    hits = search(actor, _asked(request.GET), limit=4 * SUGGESTED)
    cards = _cards(actor, hits)
    kinds = {hit.subject: Subject(hit.subject_kind) for hit in hits if hit.subject in cards}
    results = [
        {
            "title": cards[id].title,
            "url": cards[id].url,
            "icon": words.ICONS.get(kind, "file-text"),
            "state": cards[id].state,
        }
        for id, kind in kinds.items()
    ]
    return JsonResponse({"results": results[:SUGGESTED]})


def _asked(query: QueryDict) -> Asked:
    kind = query.get("kind", "")
    return Asked(
        typed=query.get("q", "").strip()[:LONGEST],
        kind=kind if kind in set(STAGE_OF) else "",
        unit=uuid_in(query.get("unit", "")),
        since=day_start(query.get("since", "")),
        until=day_start(query.get("until", ""), later=1),
    )


def _inside(actor: Actor, asked: Asked) -> list[dict[str, Any]]:
    """Return what stands inside the texts of documents, with the place on the document's page."""
    where = Where(asked.typed, asked.kind, asked.unit, asked.since, asked.until)
    found = found_inside(actor, where)
    cards = cards_of({(one.kind, one.id) for one in found}, actor.scope, actor.language)
    typed = wanted(asked.typed)
    return [
        {
            "card": cards[one.id],
            "url": f"{cards[one.id].url}#{one.anchor}",
            "pieces": marked(Truncator(f"{one.label} {one.text}".strip()).chars(LONGEST_CLAUSE), typed),
            "kind": words.KINDS[one.kind],
            "icon": words.ICONS[one.kind],
        }
        for one in found
        if one.id in cards
    ]


def _once(hits: Sequence[Hit]) -> list[tuple[Hit, int]]:
    """Return each subject once, where it was found first, told by its oldest entry among them; and by how many more."""
    by_subject: dict[UUID, list[Hit]] = {}
    for hit in hits:
        by_subject.setdefault(hit.subject, []).append(hit)
    return [(min(found, key=lambda hit: hit.position), len(found) - 1) for found in by_subject.values()]


def _cards(actor: Actor, hits: Sequence[Hit]) -> Mapping[UUID, Card]:
    return cards_of({(Subject(hit.subject_kind), hit.subject) for hit in hits}, actor.scope, actor.language)


def _rows(hits: Sequence[tuple[Hit, int]], cards: Mapping[UUID, Card]) -> list[dict[str, Any]]:
    return [
        {
            "hit": hit,
            "more": more,
            "card": cards[hit.subject],
            "kind": words.KINDS[Subject(hit.subject_kind)],
            "icon": words.ICONS[Subject(hit.subject_kind)],
            "unit": org.unit_label(cards[hit.subject].unit),
        }
        for hit, more in hits
        if hit.subject in cards
    ]
