"""The idle lock: an open page is covered, and nothing is taken from its session, until its officer is proved again."""

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from thammuu.org.account import current, passkeys, proving, queries
from thammuu.org.account.reproof import PROOF, ProofForm
from thammuu.org.account.web.signing_in import actor_signing_in, back_of
from thammuu.org.models import Account
from thammuu.org.web import UNLOCK, signed_in


@signed_in
@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Lock this session."""
    current.lock(request)
    return redirect(UNLOCK)


@never_cache
@sensitive_post_parameters(PROOF)
@require_http_methods(["GET", "POST"])
def unlock(request: HttpRequest) -> HttpResponse:
    """Take the password or a passkey of the session's officer, and go on where the page was left."""
    account = Account.objects.filter(id=request.user.pk).first() if request.user.is_authenticated else None
    if account is None:
        return redirect("sign_in")
    back = back_of(request)
    form = ProofForm(request.POST if PROOF in request.POST else None)
    if request.method == "GET" and not current.is_locked(request):
        return redirect(back)
    if request.method == "POST" and _proved(request, account, form):
        current.unlock(request)
        return JsonResponse({}) if _is_script(request) else redirect(back)
    status = proving.status_of(form)
    if _is_script(request):
        reason = " ".join(str(fault) for faults in form.errors.values() for fault in faults)
        return JsonResponse({"reason": reason}, status=status if form.errors else 422)
    question = passkeys.ask_to_use(request, queries.passkeys_of(account.id))
    context = {"form": form, "question": question, "next": back, "sign_in_name": account.sign_in_name}
    return render(request, "org/account/unlock.html", context, status=status)


def _proved(request: HttpRequest, account: Account, form: forms.Form) -> bool:
    if "answer" in request.POST:
        form.is_bound, form.data = True, request.POST
        form.errors.clear()
        return proving.proved_by_passkey(form, request, actor_signing_in(account), request.POST["answer"])
    return form.is_valid() and proving.proved_in(
        form,
        request,
        account.sign_in_name,
        lambda: account.check_password(form.cleaned_data[PROOF]),
        _("The password is wrong."),
    )


def _is_script(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")
