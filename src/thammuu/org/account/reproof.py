"""Re-authentication: an approval is given by whoever proved within the last half hour who acts.

A form that comes too late is answered with the question for the password; what the form said is carried along, so
that the one answer does both. The password itself never reaches the view.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thammuu.kernel import clock
from thammuu.org.account import current, proving, rules
from thammuu.org.models import Account

PROOF = "proof"
NOT_CARRIED = frozenset({PROOF, "csrfmiddlewaretoken"})
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
    """Let only requests through whose officer was proved recently; ask the others. Stands below `signed_in`."""

    @wraps(view)
    def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        given = request.method == "POST" and PROOF in request.POST
        if not given and is_fresh(request):
            return view(request, *args, **kwargs)
        form = ProofForm(request.POST if given else None)
        if given and form.is_valid() and prove(request, form):
            asked_for_page = "page" in request.POST
            _forget_proof(request, as_get=asked_for_page)
            return view(request, *args, **kwargs)
        return _ask(request, form)

    return checked


def is_fresh(request: HttpRequest) -> bool:
    """Say whether the officer was proved within `rules.PROOF`."""
    kept = request.session.get(current.PROVED, "")
    return kept != "" and clock.now() - datetime.fromisoformat(kept) < rules.PROOF


def prove(request: HttpRequest, form: forms.Form) -> bool:
    """Judge the password in the form and keep that it was right."""
    account = Account.objects.get(id=str(request.user.pk))
    given = form.cleaned_data[PROOF]
    proved = proving.proved_in(
        form, request, account.sign_in_name, lambda: account.check_password(given), _("The password is wrong.")
    )
    if proved:
        note_proved(request)
    return proved


def note_proved(request: HttpRequest) -> None:
    """Keep that the officer has just been proved."""
    request.session[current.PROVED] = clock.now().isoformat()


def _ask(request: HttpRequest, form: ProofForm) -> HttpResponse:
    carried = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
    context = {
        "form": form,
        "carried": [pair for pair in carried if pair[0] not in NOT_CARRIED],
        "page": request.method == "GET",
        "minutes": int(rules.PROOF.total_seconds()) // 60,
    }
    status = proving.status_of(form)
    return render(request, "org/account/proof.html", context, status=403 if status == 200 else status)


def _forget_proof(request: HttpRequest, *, as_get: bool) -> None:
    """Take the password out of the request; with `as_get` it was a page that was asked for, not an act."""
    said = request.POST.copy()
    for name in (PROOF, "page"):
        said.pop(name, None)
    request.POST = said  # type: ignore[assignment]
    if as_get:
        request.method = "GET"
