"""From a session to the actor on each request."""

from collections.abc import Callable
from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from thammuu.kernel.actor import Actor
from thammuu.org import authority
from thammuu.org.account import current

INTERFACE = "/api/v1/"
"""Below this, programs call: no session counts, and `org.api.bearer` says who acts."""


class ActorMiddleware:
    """Sets `request.actor` (None if nobody is signed in, or the session is locked) and the language of the page.

    The language is the one chosen on this device, else the account's, else the organisation's.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request with the actor's language in force."""
        if request.path.startswith(INTERFACE):
            return self._answer_program(request)
        account = request.user.pk if request.user.is_authenticated and not current.is_locked(request) else None
        actor: Actor | None = authority.actor_of(account) if account else None
        language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if language not in dict(settings.LANGUAGES):
            language = actor.language if actor else settings.LANGUAGE_CODE
        request.actor = replace(actor, language=language) if actor else None  # type: ignore[attr-defined]  # the stubs know no field of ours on a request
        if actor is not None:
            current.note_seen(request, actor)
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if account is not None:
            # Nothing that an officer saw is left for whoever presses "back" after the sign-out.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def _answer_program(self, request: HttpRequest) -> HttpResponse:
        request.actor = None  # type: ignore[attr-defined]  # the stubs know no field of ours on a request
        with translation.override(_accepted(request) or settings.LANGUAGE_CODE):
            return self.get_response(request)


def _accepted(request: HttpRequest) -> str:
    """Return the first language that the request accepts and the product has, "" for none."""
    for code, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower()):
        language = code.partition("-")[0]
        if language in dict(settings.LANGUAGES):
            return language
    return ""
