"""The front's own short answers, for requests that no view sees."""

from collections.abc import Callable
from http import HTTPStatus

import orjson
from django.conf import settings
from django.http import parse_cookie
from django.utils.html import format_html
from django.utils.translation import get_supported_language_variant, gettext, override

from thammuu.config.front.gateway import Answer
from thammuu.config.front.limits import MEBIBYTE, Limits
from thammuu.config.front.spool import header
from thammuu.config.front.types import Scope


def refusal(scope: Scope, status: int, limits: Limits) -> Answer:
    """One sentence in the reader's language: a page, or JSON where that is asked for. The connection ends with it."""
    return _answer(scope, status, lambda: gettext("Not received"), lambda: _sentence(status, limits))


def not_plainly(scope: Scope) -> Answer:
    """A form that came without HTTPS: it is not taken."""
    return _answer(
        scope,
        HTTPStatus.FORBIDDEN,
        lambda: gettext("Not received"),
        lambda: gettext("This came over an open connection (http). Nothing was saved; open the page with https."),
    )


def broken(scope: Scope) -> Answer:
    """A fault of our own, before any page was asked."""
    return _answer(
        scope,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        lambda: gettext("Not received"),
        lambda: gettext("Something failed here, not with you. Send it again; if it fails again, tell whoever runs it."),
    )


def unknown_host(scope: Scope) -> Answer:
    """An address that is not ours: nobody is led anywhere by it."""
    return _answer(
        scope,
        HTTPStatus.BAD_REQUEST,
        lambda: gettext("Unknown address"),
        lambda: gettext("This installation is not known by that name; ask for its address."),
    )


def _answer(scope: Scope, status: int, title: Callable[[], str], sentence: Callable[[], str]) -> Answer:
    language = _language(scope)
    as_json = (header(scope, b"accept") or "").startswith("application/json")
    with override(language):
        named, said = title(), sentence()
    body = orjson.dumps({"title": named, "reason": said}) if as_json else _page(language, status, named, said)
    headers = [
        (b"content-type", b"application/json" if as_json else b"text/html; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    return Answer(status, headers, body)


def _page(language: str, status: int, title: str, sentence: str) -> bytes:
    return format_html(
        '<!doctype html><html lang="{}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>{}</title><h1>{}</h1><p>{}</p></html>',
        language,
        HTTPStatus(status).phrase,
        title,
        sentence,
    ).encode()


def _sentence(status: int, limits: Limits) -> str:
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return gettext("What you sent is larger than %(size)d MB; send a smaller file. Nothing was saved.") % {
            "size": min(limits.body, settings.ATTACHMENT_LIMIT) // MEBIBYTE
        }
    if status == HTTPStatus.REQUEST_TIMEOUT:
        return gettext("Your connection fell silent before everything arrived. Nothing was saved; send it again.")
    return gettext("Not everything that was announced arrived. Nothing was saved; send it again.")


def _language(scope: Scope) -> str:
    chosen = parse_cookie(header(scope, b"cookie") or "").get(settings.LANGUAGE_COOKIE_NAME, "")
    wanted = chosen or (header(scope, b"accept-language") or "").split(",")[0].split(";")[0].strip()
    try:
        return get_supported_language_variant(wanted or "vi")
    except LookupError:
        return "vi"
