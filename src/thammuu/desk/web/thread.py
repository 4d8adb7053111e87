"""The thread of a subject, as a list and as a drawing."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thammuu.desk import words
from thammuu.desk.gaps import Gap
from thammuu.desk.graph import draw
from thammuu.desk.thread import Node, Thread, thread_of
from thammuu.journal.subjects import Subject
from thammuu.kernel import clock
from thammuu.kernel.errors import Missing
from thammuu.org import queries as org
from thammuu.org.web import actor_of, signed_in
from thammuu.watch.live import moment_html


@signed_in
@require_GET
def thread(request: HttpRequest, kind: str, id: UUID) -> HttpResponse:
    """Show everything that hangs together with a subject: by the chain, drawn, with its gaps, and moment by moment."""
    actor, now = actor_of(request), clock.now()
    if kind not in set(Subject):
        raise Missing(_("This does not exist, or not for you."))
    found = thread_of(actor, Subject(kind), id, now)
    context = {
        "thread": found,
        "kind": words.KINDS[found.start.kind],
        "icon": words.ICONS.get(found.start.kind, "waypoints"),
        "stages": _stages(found),
        "gaps": _gaps(found),
        "drawing": draw(found),
        "classification": max((entry.classification for entry in found.entries), default=0),
        "moments": [moment_html(entry, actor.language) for entry in found.entries],
    }
    return render(request, "desk/thread.html", context)


def _stages(found: Thread) -> list[dict[str, Any]]:
    nodes = {node.id: node for node in found.nodes}
    stages = []
    for place, word in enumerate(words.STAGES):
        rows = [_row(node, found, nodes) for node in found.nodes if node.stage == place]
        if rows:
            stages.append({"word": word, "rows": rows})
    return stages


def _row(node: Node, found: Thread, nodes: Mapping[UUID, Node]) -> dict[str, Any]:
    towards = [
        {"relation": words.RELATIONS[tie.relation], "title": nodes[tie.target].card.title}
        for tie in found.ties
        if tie.source == node.id
    ]
    towards += [
        {"relation": words.RELATIONS[relation], "title": org.unit_label(unit)}
        for relation, unit in found.units.get(node.id, ())
    ]
    return {
        "node": node,
        "kind": words.KINDS[node.kind],
        "icon": words.ICONS.get(node.kind, "waypoints"),
        "unit": org.unit_label(node.card.unit),
        "towards": towards,
        "chosen": node.id == found.start.id,
    }


def _gaps(found: Thread) -> Sequence[Mapping[str, Any]]:
    nodes = {node.id: node for node in found.nodes}
    return [
        {
            "word": words.GAPS[each.gap],
            "tone": "serious" if each.gap == Gap.ASSIGNMENT_OVERDUE else "caution",
            "card": nodes[each.id].card,
        }
        for each in found.found
    ]
