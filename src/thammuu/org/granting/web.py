"""The pages of authority."""

import csv
import io
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thammuu.journal.presentation import cards_of
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Missing, require
from thammuu.org import actions, directory, policies, queries
from thammuu.org.account.reproof import freshly_proved
from thammuu.org.granting import explaining, rows
from thammuu.org.granting.delegation_pages import posts_of
from thammuu.org.granting.forms import GrantForm, WithdrawalForm
from thammuu.org.granting.policies import may_oversee_somewhere, may_read_rights
from thammuu.org.granting.substituting import candidates, substitutions_of
from thammuu.org.lending import granted, lent_by
from thammuu.org.models import Grant, Post
from thammuu.org.rules import Permission, Role
from thammuu.org.web import actor_of, signed_in
from thammuu.org.words import CLASSIFICATION_WORDS
from thammuu.paper.rules import MediaType
from thammuu.paper.workbooks import workbook_in

POSTS_A_PAGE = 50


@signed_in
@require_GET
def rights(request: HttpRequest) -> HttpResponse:
    """Show the posts of the units that the actor oversees, with their roles; others are shown their own post."""
    actor = actor_of(request)
    if not may_oversee_somewhere(actor) and actor.post is not None:
        return redirect("post_rights", actor.post)
    require(may_oversee_somewhere(actor))
    wanted = request.GET.get("q", "").strip()
    page = Paginator(rows.posts_overseen(actor, wanted, clock.now()), POSTS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "org/granting/rights.html", {"page": page, "q": wanted})


@signed_in
@require_GET
def post_rights(request: HttpRequest, id: UUID) -> HttpResponse:
    """Show every right of a post, now or as of a day."""
    actor, now = actor_of(request), clock.now()
    label = _readable(actor, id)
    day, row = _day(request), Post.objects.get(id=id)
    found = rows.right_rows(rows.rights_on(id, day, now), now, actor)
    context = {
        "post": id,
        "label": label,
        "rows": found,
        "day": day,
        "is_today": day == clock.day_of(now),
        "is_own": id == actor.post,
        "may_grant": actor.may_somewhere(Permission.GRANT),
        "delegated": rows.right_rows(lent_by(id, now), now, actor),
        "substitutes": candidates(row, now),
        "substitutions": substitutions_of(id, actor, now),
        "may_set": bool(policies.may_set_substitutes(actor, posts_of(actor), row)),
    }
    return render(request, "org/granting/post.html", context)


@signed_in
@require_GET
def rights_table(request: HttpRequest, id: UUID, kind: str) -> HttpResponse:
    """Hand out the rights of a post as of a day, as a file for a spreadsheet."""
    actor, now = actor_of(request), clock.now()
    _readable(actor, id)
    if kind not in ("xlsx", "csv"):
        raise Missing(_("This does not exist, or not for you."))
    day = _day(request)
    lines = rows.table(rows.right_rows(rows.rights_on(id, day, now), now), actor.language)
    content, media_type = (
        (_workbook(lines), MediaType.XLSX) if kind == "xlsx" else (_text(lines), "text/csv; charset=utf-8")
    )
    answer = HttpResponse(content, content_type=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="rights-{day.isoformat()}.{kind}"'
    return answer


def _workbook(lines: list[tuple[str, ...]]) -> bytes:
    out = io.BytesIO()
    with workbook_in(out) as workbook:
        sheet = workbook.add_worksheet()
        for place, line in enumerate(lines):
            sheet.write_row(place, 0, line)
    return out.getvalue()


def _text(lines: list[tuple[str, ...]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([_harmless(cell) for cell in line] for line in lines)
    return out.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    """Return the cell as no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in tuple("=+-@\t\r") else cell


@signed_in
@require_http_methods(["GET", "POST"])
@freshly_proved
def new_grant(request: HttpRequest, id: UUID) -> HttpResponse:
    """Grant a post a role."""
    actor, now = actor_of(request), clock.now()
    known = directory.current().posts.get(id)
    if known is None:
        raise Missing(_("This post does not exist."))
    held = actor.permits.get(Permission.GRANT)
    require(policies.may_grant(actor, next(iter(sorted(actor.units_of(Permission.GRANT) or {known.unit})), None)))
    units = queries.units_for(actor, Permission.GRANT)
    form = GrantForm(
        request.POST or None,
        units=queries.unit_options(units),
        events=queries.event_options(actor),
        ceiling=max((held.ceiling(unit.id) for unit in units), default=0) if held else 0,
        initial={"unit": str(known.unit)},
    )
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        try:
            actions.grant_role(
                actor=actor,
                now=now,
                post=id,
                role=Role(said.pop("role")),
                unit=UUID(said.pop("unit")),
                event=UUID(event) if (event := said.pop("event")) else None,
                **said,
            )
            messages.success(request, _("Granted. It holds as soon as it begins, also for whoever is signed in."))
            return redirect("post_rights", id)
        except BadInput as fault:
            form.add_error(fault.field if fault.field in form.fields else None, fault.reason)
    context = {"form": form, "label": directory.current().post_label(id), "post": id}
    return render(request, "org/granting/grant.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
@freshly_proved
def withdrawal(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take a granted role back."""
    actor, now = actor_of(request), clock.now()
    row = Grant.objects.filter(id=id).first()
    if row is None or not may_read_rights(actor, row.post_id):
        raise Missing(_("This role was never granted."))
    require(policies.may_grant(actor, row.unit_id))
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_role(actor=actor, now=now, grant=id, **form.cleaned_data)
            messages.success(request, _("Taken back. It ends also for whoever is signed in."))
            return redirect("post_rights", row.post_id)
        except BadInput as fault:
            form.add_error(fault.field if fault.field in form.fields else None, fault.reason)
    [shown] = rows.right_rows([granted(row)], now)
    context = {"form": form, "row": shown, "post": row.post_id}
    return render(request, "org/granting/withdrawal.html", context, status=422 if form.errors else 200)


@signed_in
@require_GET
def why(request: HttpRequest, kind: str, id: UUID) -> HttpResponse:
    """Show why a post sees something, or does not: the actor's own, or one of those that it oversees."""
    actor, now = actor_of(request), clock.now()
    thing = explaining.thing_of(actor, kind, id)
    asked = _uuid(request.GET.get("post", ""))
    post = asked or actor.post
    if post is None or not may_read_rights(actor, post):
        raise Missing(_("This post does not exist."))
    paths = explaining.paths_of(post, thing, now)
    card = cards_of([(thing.kind, id)], actor.scope, actor.language).get(id)
    context: dict[str, Any] = {
        "thing": thing,
        "card": card,
        "units": queries.unit_labels(list(thing.units)),
        "event": explaining.event_names([thing.event]).get(thing.event, "") if thing.event else "",
        "level": CLASSIFICATION_WORDS[thing.classification],
        "post": post,
        "label": directory.current().post_label(post),
        "paths": paths,
        "against": explaining.reason_against(paths),
        "oversees": bool(may_oversee_somewhere(actor)),
        "posts": explaining.posts_that_see(actor, thing, now) if may_oversee_somewhere(actor) else [],
        "choices": _choices(actor),
    }
    return render(request, "org/granting/why.html", context)


def _choices(actor: Actor) -> list[tuple[UUID, str]]:
    known = directory.current()
    found = [(post, known.post_label(post)) for post in known.posts if may_read_rights(actor, post)]
    return sorted(found, key=lambda item: item[1])


def _readable(actor: Actor, post: UUID) -> str:
    if not may_read_rights(actor, post):
        raise Missing(_("This post does not exist."))
    return directory.current().post_label(post)


def _day(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return clock.day_of(clock.now())


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
