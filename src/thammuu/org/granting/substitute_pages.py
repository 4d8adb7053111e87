"""The pages of substitutes: who may act in a post, who does, and from when until when."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Missing, require
from thammuu.org import actions, directory, policies
from thammuu.org.account.reproof import freshly_proved
from thammuu.org.granting.delegation_pages import post_options, posts_of
from thammuu.org.granting.forms import SubstitutesForm, SubstitutionForm
from thammuu.org.granting.policies import may_read_rights
from thammuu.org.granting.substituting import candidates, first_free, substitutions
from thammuu.org.models import Post
from thammuu.org.web import actor_of, signed_in


@signed_in
@require_GET
def substitution_list(request: HttpRequest) -> HttpResponse:
    """Show who acts in whose post: in one's own, for others, and in the units that one oversees."""
    return render(request, "org/granting/substitutions.html", {"rows": substitutions(actor_of(request), clock.now())})


@signed_in
@require_http_methods(["GET", "POST"])
@freshly_proved
def substitutes(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say which posts may act in this one, in their order."""
    actor, post = actor_of(request), _settable(request, id)
    named = dict(zip(("first", "second", "third"), (str(one) for one in post.substitutes), strict=False))
    form = SubstitutesForm(request.POST or None, posts=_options(actor, post), initial=named)
    if request.method == "POST" and form.is_valid():
        try:
            actions.name_substitutes(actor=actor, now=clock.now(), post=id, substitutes=form.named())
            messages.success(request, _("Saved."))
            return redirect("post_rights", id)
        except BadInput as fault:
            form.add_error(None, fault.reason)
    context = {"form": form, "post": id, "label": directory.current().post_label(id)}
    return render(request, "org/granting/substitutes.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
@freshly_proved
def new_substitution(request: HttpRequest, id: UUID) -> HttpResponse:
    """Let one of the named substitutes act in the post; the first that is free is proposed."""
    actor, post, now = actor_of(request), _settable(request, id), clock.now()
    found = candidates(post, now)
    free = first_free(found)
    form = SubstitutionForm(
        request.POST or None,
        substitutes=[(str(one.post), f"{one.label} ({one.busy})" if one.busy else one.label) for one in found],
        initial={"substitute": str(free) if free else None},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.announce_substitution(actor=actor, now=now, post=id, **form.cleaned_data)
            messages.success(request, _("Announced. Whoever oversees the unit reads it under Substitutions."))
            return redirect("post_rights", id)
        except BadInput as fault:
            form.add_error(fault.field if fault.field in form.fields else None, fault.reason)
    context = {"form": form, "post": id, "label": directory.current().post_label(id), "found": found}
    return render(request, "org/granting/substitution.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def substitution_end(request: HttpRequest, id: UUID) -> HttpResponse:
    """End a substitution before its time."""
    if all(one.row.id != id for one in substitutions(actor_of(request), clock.now())):
        raise Missing(_("This does not exist, or not for you."))
    actions.end_substitution(actor=actor_of(request), now=clock.now(), substitution=id)
    messages.success(request, _("Ended."))
    return redirect("substitutions")


def _settable(request: HttpRequest, id: UUID) -> Post:
    actor = actor_of(request)
    post = Post.objects.filter(id=id).first()
    if post is None or not may_read_rights(actor, id):
        raise Missing(_("This post does not exist."))
    require(policies.may_set_substitutes(actor, posts_of(actor), post))
    return post


def _options(actor: Actor, post: Post) -> list[tuple[str, str]]:
    """Return the posts to choose from; what is named already stays among them, also if it is seen no more."""
    known = directory.current()
    seen = post_options(actor, [post.id])
    named = [(str(one), known.post_label(one)) for one in post.substitutes]
    return [*seen, *(one for one in named if one not in seen)]
