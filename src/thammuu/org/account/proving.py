"""Judging what someone gives as proof; every attempt is counted, by name and by address."""

from collections.abc import Callable

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext as _

from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.org.account import actions, devices, passkeys, queries
from thammuu.org.account.policies import Locked
from thammuu.org.authority import SYSTEM
from thammuu.org.models import Account

TOO_MANY = 429


def counted(request: HttpRequest, name: str, judge: Callable[[], bool]) -> bool:
    """Count an attempt for the name, judge it, and say whether it proved anything. Raises `Locked`."""
    now = clock.now()
    address = request.META.get("REMOTE_ADDR", "")
    known = devices.known(request, name)
    attempt = actions.begin_attempt(actor=SYSTEM, now=now, name=name, address=address, known=known)
    proved = judge()
    if proved:
        actions.withdraw_attempt(actor=SYSTEM, now=now, attempt=attempt)
    else:
        actions.fail_attempt(actor=SYSTEM, now=now, attempt=attempt)
    return proved


def proved_in(form: forms.Form, request: HttpRequest, name: str, judge: Callable[[], bool], fault: str) -> bool:
    """The same for a form, which is given the fault, or that too many attempts have failed."""
    try:
        proved = counted(request, name, judge)
    except Locked as locked:
        form.add_error(None, locked.reason)
        form.locked = True  # type: ignore[attr-defined]  # a mark for the template, on whichever form
        return False
    if not proved:
        form.add_error(None, fault)
    return proved


def status_of(form: forms.Form) -> int:
    """Return the HTTP status of a page with this form."""
    if getattr(form, "locked", False):
        return TOO_MANY
    return 422 if form.errors else 200


def account_by_password(form: forms.Form, request: HttpRequest, name: str, password: str) -> Account | None:
    """Return the account that name and password open, None with the fault in the form."""
    found: list[Account] = []

    def judge() -> bool:
        account = authenticate(request, username=name, password=password)
        if isinstance(account, Account):
            found.append(account)
        return bool(found)

    return found[0] if proved_in(form, request, name, judge, _("The name or the password is wrong.")) else None


def proved_by_passkey(form: forms.Form, request: HttpRequest, actor: Actor, answer: str) -> bool:
    """Say whether the answer is that of one of the actor's passkeys, else with the fault in the form."""

    if actor.account is None:
        return False
    account = actor.account

    def judge() -> bool:
        found = passkeys.used(request, answer, queries.passkeys_of(account))
        return found is not None and actions.spend_passkey(
            actor=actor, now=clock.now(), credential=found.credential, counter=found.counter
        )

    name = queries.name_of(account)
    return proved_in(form, request, name, judge, _("This passkey does not open this account here."))
