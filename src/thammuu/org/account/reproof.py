"""Re-authentication: an approval is given by whoever proved within the last half hour who acts.

A form that comes too late is answered with the question for the password; what the form said is carried along, so
that the one answer does both. The password itself never reaches the view.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thammuu.kernel import clock
from thammuu.org.account import current, passkeys, proving, queries, rules
from thammuu.org.devices import FIELD
from thammuu.org.models import Account
from thammuu.org.web import actor_of

PROOF, ANSWER = "proof", "proof_answer"
NOT_CARRIED = frozenset({PROOF, ANSWER, "csrfmiddlewaretoken", FIELD})
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


class ProofForm(forms.Form):
    """The password once more."""

    proof = forms.CharField(
        label=gettext_lazy("Password"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )


def freshly_proved(view: View[P]) -> View[P]:
    """Take a form only from an officer who was proved recently; ask the others. Stands below `signed_in`."""

    @wraps(view)
    def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        given = PROOF in request.POST or ANSWER in request.POST
        if not given and is_fresh(request):
            return view(request, *args, **kwargs)
        form = ProofForm(request.POST if PROOF in request.POST else None)
        if given and prove(request, form):
            _forget_proof(request)
            return view(request, *args, **kwargs)
        return _ask(request, form)

    return checked


def is_fresh(request: HttpRequest) -> bool:
    """Say whether the officer was proved within `rules.PROOF`."""
    kept = request.session.get(current.PROVED, "")
    return kept != "" and clock.is_within(datetime.fromisoformat(kept), clock.now(), rules.PROOF)


def prove(request: HttpRequest, form: ProofForm) -> bool:
    """Judge the password in the form, or the passkey's answer, and keep that it was right."""
    account = Account.objects.get(id=str(request.user.pk))
    if ANSWER in request.POST:
        form.data, form.is_bound = request.POST, True
        form.errors.clear()
        proved = proving.proved_by_passkey(form, request, actor_of(request), request.POST[ANSWER])
    else:
        proved = form.is_valid() and proving.proved_in(
            form,
            request,
            account.sign_in_name,
            lambda: account.check_password(form.cleaned_data[PROOF]),
            _("The password is wrong."),
        )
    if proved:
        request.session[current.PROVED] = clock.now().isoformat()
    return proved


def _ask(request: HttpRequest, form: ProofForm) -> HttpResponse:
    carried = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
    context = {
        "form": form,
        "carried": [pair for pair in carried if pair[0] not in NOT_CARRIED],
        "minutes": int(rules.PROOF.total_seconds()) // 60,
        "question": passkeys.ask_to_use(request, queries.passkeys_of(UUID(str(request.user.pk)))),
    }
    status = proving.status_of(form)
    return render(request, "org/account/proof.html", context, status=403 if status == 200 else status)


def _forget_proof(request: HttpRequest) -> None:
    """Take the proof out of the form before the view reads it: a digest of what was sent is kept."""
    said = request.POST.copy()
    for name in (PROOF, ANSWER):
        said.pop(name, None)
    request.POST = said  # type: ignore[assignment]  # a copy that may be changed, where Django's may not
