"""Posting to a host that the settings allow, as channels do: once, following nothing."""

import ipaddress
import ssl
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPSConnection
from urllib.parse import SplitResult, urlsplit

from django.utils.translation import gettext as _

from thammuu.directives.urging.deliveries import Undeliverable, Unreached

TIMEOUT = 20.0
MAY_BE_LATER = frozenset({408, 425, 429})


def post(address: str, body: bytes, headers: Mapping[str, str]) -> int:
    """Send once and return the status that is answered. Raises `Unreached` where nobody listens."""
    parts = urlsplit(address)
    connection = _connection(parts)
    try:
        connection.connect()
    except OSError as error:
        raise Unreached(said(error)) from error
    try:
        target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        connection.request("POST", target, body, dict(headers))
        return connection.getresponse().status
    finally:
        connection.close()


def judge(status: int) -> None:
    """Take 2xx as a receipt. Raises `Unreached` for what may be otherwise later, `Undeliverable` for the rest."""
    if status >= 500 or status in MAY_BE_LATER:
        raise Unreached(_("The other side answered {status}.").format(status=status))
    if not 200 <= status < 300:
        raise Undeliverable(_("The other side answered {status}.").format(status=status))


def is_own(host: str) -> bool:
    """Say whether the host is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def said(error: Exception) -> str:
    """Return what went wrong, in one line."""
    return f"{type(error).__name__}: {' '.join(str(error).split())}"[:300]


def _connection(parts: SplitResult) -> HTTPConnection:
    host = parts.hostname or ""
    if parts.scheme == "http":
        return HTTPConnection(host, parts.port or 80, timeout=TIMEOUT)
    return HTTPSConnection(host, parts.port or 443, timeout=TIMEOUT, context=ssl.create_default_context())
