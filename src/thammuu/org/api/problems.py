"""Faults of the programming interface as problem details (RFC 9457), in the caller's language."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

import orjson
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field

MEDIA_TYPE = "application/problem+json"
REALM = 'Bearer realm="Thammuu"'


class Wrong(Schema):
    """A value that cannot be taken: where it stands, and why not."""

    field: str = Field(description="The name of the value, with the way to it: “body.text”; empty for several")
    reason: str


class Problem(Schema):
    """What happened, for people (`title`, `detail`) and for programs (`type`, `status`)."""

    type: str = Field(description="A name of the kind of problem that does not change: “urn:thammuu:problem:…”")
    title: str
    status: int
    detail: str = ""
    wrong: list[Wrong] = Field(default=[], description="Each value that cannot be taken")


class Unauthorized(Exception):
    """The request carries no token that opens anything (HTTP 401)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class OutOfScope(Exception):
    """The token opens something, but not this (HTTP 403)."""

    def __init__(self, scope: str) -> None:
        super().__init__(scope)
        self.scope = scope


class TooMany(Exception):
    """More than the interface takes (HTTP 429); `seconds` until it takes more."""

    def __init__(self, reason: str, seconds: int) -> None:
        super().__init__(reason)
        self.reason, self.seconds = reason, seconds


def problem(
    code: str, status: int, title: str, detail: str = "", *, wrong: Sequence[Wrong] = (), **headers: str
) -> HttpResponse:
    """Return a fault; `headers` by their names with underscores."""
    said: dict[str, Any] = {
        "type": f"urn:thammuu:problem:{code}",
        "title": title,
        "status": status,
        "detail": detail,
        "wrong": [one.model_dump() for one in wrong],
    }
    answer = HttpResponse(orjson.dumps(said), status=status, content_type=MEDIA_TYPE)
    answer["Content-Language"] = get_language() or "vi"
    answer["Cache-Control"] = "no-store"
    for name, value in headers.items():
        answer[name.replace("_", "-")] = value
    return answer


def unauthorized(reason: str) -> HttpResponse:
    """401: who calls is not known."""
    title = _("Not signed in")
    return problem("unauthorized", HTTPStatus.UNAUTHORIZED, title, reason, WWW_Authenticate=REALM)


def out_of_scope(scope: str) -> HttpResponse:
    """403: the token was not made for this."""
    said = _("The token lacks the scope {scope}.").format(scope=scope)
    challenge = f'{REALM}, error="insufficient_scope", scope="{scope}"'
    return problem("out-of-scope", HTTPStatus.FORBIDDEN, _("This is not allowed"), said, WWW_Authenticate=challenge)


def refused(reason: str) -> HttpResponse:
    """403: the post for which the token acts may not do this."""
    return problem("refused", HTTPStatus.FORBIDDEN, _("This is not allowed"), reason)


def missing() -> HttpResponse:
    """404: it does not exist, or not for this token (the two look the same on purpose)."""
    said = _("Nothing is here that your post may see. The address may be wrong, or it belongs to another unit.")
    return problem("missing", HTTPStatus.NOT_FOUND, _("Not found"), said)


def not_allowed(allow: str) -> HttpResponse:
    """405: the address does not take this method."""
    said = _("This address takes only {methods}.").format(methods=allow)
    return problem("method", HTTPStatus.METHOD_NOT_ALLOWED, _("This method is not taken"), said, Allow=allow)


def conflict(reason: str) -> HttpResponse:
    """409: the world moved on, or the same key came before with another content."""
    return problem("conflict", HTTPStatus.CONFLICT, _("It changed in the meantime"), reason)


def bad_input(wrong: Sequence[Wrong], status: int = HTTPStatus.BAD_REQUEST) -> HttpResponse:
    """400: values that cannot be taken; 422 where they have not even the right form."""
    said = " ".join(dict.fromkeys(one.reason for one in wrong))
    return problem("input", status, _("This cannot be taken"), said, wrong=wrong)


def too_large() -> HttpResponse:
    """413: more than is taken at once."""
    said = _("What you sent is larger than the interface takes at once. Nothing was saved.")
    return problem("too-large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _("Too large"), said)


def unsupported(taken: Sequence[str]) -> HttpResponse:
    """415: the body is of another type."""
    said = _("This address takes only {types}.").format(types=", ".join(taken))
    title = _("This type of content is not taken")
    return problem("type", HTTPStatus.UNSUPPORTED_MEDIA_TYPE, title, said, Accept=", ".join(taken))


def too_many(reason: str, seconds: int) -> HttpResponse:
    """429: later."""
    return problem("too-many", HTTPStatus.TOO_MANY_REQUESTS, _("Too many requests"), reason, Retry_After=str(seconds))


def broken() -> HttpResponse:
    """500: our fault; it stands in the server's log."""
    said = _("The server failed at this; its operator finds the cause in its log.")
    return problem("broken", HTTPStatus.INTERNAL_SERVER_ERROR, _("Something broke"), said)
