"""Adding a passkey to one's own account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from thammuu.kernel import clock
from thammuu.kernel.errors import BadInput
from thammuu.org.account import actions, passkeys, proving, queries
from thammuu.org.account.forms import PasskeyForm
from thammuu.org.account.reproof import freshly_proved
from thammuu.org.account.web.own import account_id, added
from thammuu.org.web import actor_of, signed_in


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
@freshly_proved
def passkey(request: HttpRequest) -> HttpResponse:
    """Ask the browser for a passkey, and take the one that it made."""
    actor = actor_of(request)
    own = account_id(actor)
    form = PasskeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = passkeys.made(request, form.cleaned_data["answer"])
        try:
            if found is None:
                raise BadInput("", _("No passkey was made for this site. Try again."))
            codes = actions.add_passkey(
                actor=actor,
                now=clock.now(),
                credential=found.credential,
                public=found.public,
                counter=found.counter,
                name=form.cleaned_data["name"],
            )
        except BadInput as fault:
            form.add_error(None, fault.reason)
        else:
            return added(request, codes)
    form.data = {key: value for key, value in form.data.items() if key != "answer"}
    question = passkeys.ask_to_make(request, own.bytes, queries.name_of(own), queries.passkeys_of(own))
    context = {"form": form, "question": question}
    return render(request, "org/account/passkey.html", context, status=proving.status_of(form))
