"""The pages of delegations: letting another post use a right, and taking it back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Missing, require
from thammuu.org import actions, authority, directory, policies, queries
from thammuu.org.account.reproof import freshly_proved
from thammuu.org.granting import rows
from thammuu.org.granting.forms import DelegationForm, ReasonForm
from thammuu.org.granting.policies import may_read_rights
from thammuu.org.lending import delegated, granted
from thammuu.org.models import Delegation, Grant
from thammuu.org.web import actor_of, signed_in


@signed_in
@require_http_methods(["GET", "POST"])
@freshly_proved
def new_delegation(request: HttpRequest, id: UUID) -> HttpResponse:
    """Let another post use a role that one's own post was granted."""
    actor, now = actor_of(request), clock.now()
    grant = Grant.objects.filter(id=id).first()
    if grant is None or grant.post_id not in posts_of(actor):
        raise Missing(_("This role was never granted."))
    form = _form(request, actor, grant)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        try:
            actions.delegate_right(
                actor=actor,
                now=now,
                grant=id,
                post=UUID(said.pop("post")),
                unit=UUID(said.pop("unit")),
                event=UUID(event) if (event := said.pop("event")) else None,
                **said,
            )
            messages.success(request, _("Delegated. It holds as soon as it begins, also for whoever is signed in."))
            return redirect("post_rights", grant.post_id)
        except BadInput as fault:
            form.add_error(fault.field if fault.field in form.fields else None, fault.reason)
    [row] = rows.right_rows([granted(grant)], now)
    context = {"form": form, "row": row}
    return render(request, "org/granting/delegation.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, actor: Actor, grant: Grant) -> DelegationForm:
    known = directory.current()
    events = [one for one in queries.event_options(actor) if grant.event_id in (None, UUID(one[0]))]
    return DelegationForm(
        request.POST or None,
        posts=post_options(actor, posts_of(actor)),
        units=queries.unit_options(known.in_order(known.reach(grant.unit_id))),
        events=events,
        ceiling=grant.classification,
        initial={"unit": str(known.present(grant.unit_id)[0])},
    )


@signed_in
@require_http_methods(["GET", "POST"])
@freshly_proved
def withdrawal(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take a delegated right back."""
    actor, now = actor_of(request), clock.now()
    row = Delegation.objects.select_related("grant").filter(id=id).first()
    if row is None or not (may_read_rights(actor, row.post_id) or may_read_rights(actor, row.grant.post_id)):
        raise Missing(_("This was never delegated."))
    right = delegated(row)
    require(policies.may_end_delegated(actor, posts_of(actor), right))
    shown_post = row.grant.post_id if may_read_rights(actor, row.grant.post_id) else row.post_id
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_delegation(actor=actor, now=now, delegation=id, **form.cleaned_data)
            messages.success(request, _("Taken back. It ends also for whoever is signed in."))
            return redirect("post_rights", shown_post)
        except BadInput as fault:
            form.add_error("reason", fault.reason)
    [shown] = rows.right_rows([right], now)
    context = {"form": form, "row": shown, "post": shown_post}
    return render(request, "org/granting/withdrawal.html", context, status=422 if form.errors else 200)


def posts_of(actor: Actor) -> list[UUID]:
    """Return the posts that the actor holds today."""
    return authority.posts_held(actor.account, clock.day_of(clock.now())) if actor.account else []


def post_options(actor: Actor, left_out: list[UUID]) -> list[tuple[str, str]]:
    """Return (id, label) pairs of the posts of the units that the actor sees, for a select."""
    known = directory.current()
    found = [
        (str(post.id), known.post_label(post.id))
        for post in known.posts.values()
        if post.id not in left_out and actor.scope.knows(post.unit)
    ]
    return sorted(found, key=lambda item: item[1])
