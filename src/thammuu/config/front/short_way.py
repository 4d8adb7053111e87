"""A short way to the views that are asked most: past the middleware, by the same rules.

Filing a line in the duty log is the busiest write of a command centre. Most of what Django's chain does for it is
looking up the session and the account, which are held for seconds anyway, and dressing pages, which an answer to a
script is not. Whatever is not plain (no session, a wrong token, a refusal, a lost connection, a
disk that is nearly full) goes the long way, which
decides and answers; the submission's id makes that safe.
"""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.handlers.wsgi import WSGIRequest
from django.db import Error, connection
from django.http import HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import translation

from thammuu.config.front.types import Environ, StartResponse, WsgiApp
from thammuu.config.live import sessions
from thammuu.config.observing.current import name_route
from thammuu.config.room import room
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import ThammuuError
from thammuu.org import authority
from thammuu.watch.web import log

View = Callable[[WSGIRequest], HttpResponse]
SHORT: dict[str, tuple[str, View]] = {"/watch/log/": ("log", log.file)}


class ShortWay:
    """A WSGI application before Django's: takes posts of scripts to the listed addresses, leaves the rest."""

    def __init__(self, pages: WsgiApp) -> None:
        self._pages = pages
        self._csrf = CsrfViewMiddleware(lambda request: HttpResponse())

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """PEP 3333."""
        found = SHORT.get(environ["PATH_INFO"]) if environ["REQUEST_METHOD"] == "POST" else None
        if found is not None and not room().short() and "application/json" in environ.get("HTTP_ACCEPT", ""):
            name, view = found
            name_route(environ, name)
            response = self._answer(environ, view)
            if response is not None:
                start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
                return [response.content]
            environ["wsgi.input"].seek(0)
        return self._pages(environ, start_response)

    def _answer(self, environ: Environ, view: View) -> HttpResponse | None:
        request = WSGIRequest(environ)
        try:
            actor = _actor(request)
            if actor is None or not request.POST.get("submission") or self._forged(request, view):
                return None
            request.actor = actor  # type: ignore[attr-defined]  # the stubs know no field of ours on a request
            with translation.override(sessions.language_of(request.COOKIES, actor)):
                return view(request)
        except (ThammuuError, SuspiciousOperation, MultiPartParserError, OSError):
            return None
        except Error:
            connection.close()
            return None

    def _forged(self, request: WSGIRequest, view: View) -> bool:
        self._csrf.process_request(request)
        return self._csrf.process_view(request, view, (), {}) is not None


def _actor(request: WSGIRequest) -> Actor | None:
    session = sessions.read(request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""))
    return authority.actor_of(session.account) if session and not session.locked else None
