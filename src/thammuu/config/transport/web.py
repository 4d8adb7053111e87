"""The page by which phones and computers come to trust the local authority; the one page that is also shown by http."""

from datetime import datetime
from urllib.parse import urlsplit

import segno
from cryptography import x509
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_GET

from thammuu.config.transport.certificates import fingerprint
from thammuu.config.transport.keeping import root_of
from thammuu.config.transport.standing import HERE

LINE = 8


@require_GET
def trust(request: HttpRequest) -> HttpResponse:
    """Show the authority's fingerprint, its certificate to fetch, and how each kind of device installs it.

    `?language=` chooses the language: without HTTPS there is no form to choose it with.
    """
    asked = request.GET.get("language", "")
    language = asked if asked in dict(settings.LANGUAGES) else translation.get_language() or settings.LANGUAGE_CODE
    root = root_of(settings.HOME) if settings.TRANSPORT.tls == "local" else None
    address = shown_address(request.get_host())
    context: dict[str, str | list[str] | datetime | list[tuple[str, str]] | None] = {
        "lines": _lines(fingerprint(root)) if root else [],
        "until": root.not_valid_after_utc if root else None,
        "name": _common_name(root) if root else "",
        "address": f"http://{address}/trust/",
        "home": f"https://{address}/",
        "picture": segno.make(f"http://{address}/trust/", error="m").svg_data_uri(scale=4, border=4, light="#fff"),
        "language": language,
        "others": [(code, name) for code, name in settings.LANGUAGES if code != language],
    }
    with translation.override(language):
        return render(request, "config/trust.html", context)


def shown_address(asked: str) -> str:
    """Return host and port as other devices reach us, also when the page was opened on the machine itself."""
    parts = urlsplit(f"//{asked}")
    if parts.hostname not in HERE:
        return asked
    away = next((host.lstrip(".") for host in settings.ALLOWED_HOSTS if host not in HERE), None)
    if away is None:
        return asked
    return f"{away}:{parts.port}" if parts.port else away


def _lines(text: str) -> list[str]:
    """Cut a fingerprint into lines short enough to be compared by eye."""
    pairs = text.split(":")
    return [" ".join(pairs[start : start + LINE]) for start in range(0, len(pairs), LINE)]


def _common_name(root: x509.Certificate) -> str:
    return str(root.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)
