"""The front's own short pages, for requests that no view sees."""

from http import HTTPStatus

from django.utils.html import format_html
from django.utils.translation import get_supported_language_variant, gettext, override

from thammuu.config.front.gateway import Answer
from thammuu.config.front.limits import MEBIBYTE, Limits
from thammuu.config.front.spool import header
from thammuu.config.front.types import Scope


def refusal(scope: Scope, status: int, limits: Limits) -> Answer:
    """A page of one sentence, in the reader's language. The connection ends with it."""
    language = _language(scope)
    with override(language):
        sentence = _sentence(status, limits)
        page = format_html(
            '<!doctype html><html lang="{}"><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width"><title>{}</title><h1>{}</h1><p>{}</p></html>',
            language,
            HTTPStatus(status).phrase,
            gettext("Not received"),
            sentence,
        ).encode()
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(len(page)).encode()),
        (b"content-security-policy", b"default-src 'none'"),
        (b"x-content-type-options", b"nosniff"),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
    ]
    return Answer(status, headers, page)


def _sentence(status: int, limits: Limits) -> str:
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return gettext("What you sent is larger than %(size)d MB; send a smaller file. Nothing was saved.") % {
            "size": limits.body // MEBIBYTE
        }
    if status == HTTPStatus.REQUEST_TIMEOUT:
        return gettext("Your connection fell silent before everything arrived. Nothing was saved; send it again.")
    return gettext("Not everything that was announced arrived. Nothing was saved; send it again.")


def _language(scope: Scope) -> str:
    wanted = (header(scope, b"accept-language") or "").split(",")[0].split(";")[0].strip()
    try:
        return get_supported_language_variant(wanted or "vi")
    except LookupError:
        return "vi"
