"""What stands before the front: proxies believed or not, HTTPS or nothing, and the headers of every answer."""

import logging
from collections.abc import Sequence
from http import HTTPStatus
from urllib.parse import quote

from django.http.request import split_domain_port, validate_host

from thammuu.config.front.application import Front
from thammuu.config.front.forwarding import Forwarding
from thammuu.config.front.gateway import Answer
from thammuu.config.front.hardening import hardening
from thammuu.config.front.refusals import broken, not_plainly, unknown_host
from thammuu.config.front.spool import header
from thammuu.config.front.types import Message, Receive, Scope, Send
from thammuu.config.transport.plan import Transport

HTTPS_PORT = 443
# What may be asked without HTTPS: how to come to trust it (with the looks of that page), and whether we serve.
PLAIN = ("/trust/", "/static/ui/", "/health/")
READY = "/ready"
log = logging.getLogger(__name__)


class Guard:
    """An ASGI application around the front. `port` is where we speak TLS ourselves."""

    def __init__(self, front: Front, transport: Transport, hosts: Sequence[str], port: int) -> None:
        self._front = front
        self._transport = transport
        self._hosts = hosts
        self._port = port
        self._forwarding = Forwarding(transport.proxies)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI 3."""
        if scope["type"] != "http":
            await self._front(scope, receive, send)
            return
        scope = self._forwarding.applied(scope)
        send = hardening(scope, send)
        if self._may_pass(scope):
            await self._pass(scope, receive, send)
        else:
            await _send(send, self._to_https(scope))

    def close_streams(self) -> None:
        """End the open streams: the process is stopping."""
        self._front.close_streams()

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def noting(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._front(scope, receive, noting)
        except Exception:
            if begun:
                raise  # the connection is cut: half an answer must not look whole
            log.exception("the front failed")
            await _send(send, broken(scope))

    def _may_pass(self, scope: Scope) -> bool:
        if not self._transport.https or scope["scheme"] == "https":
            return True
        reads = scope["method"] in ("GET", "HEAD")
        return reads and (scope["path"] == READY or scope["path"].startswith(PLAIN))

    def _to_https(self, scope: Scope) -> Answer:
        """Lead to the same address under HTTPS; what came with a form has already been overheard, and is not taken."""
        domain, port = split_domain_port(header(scope, b"host") or "")
        if not domain or not validate_host(domain, self._hosts):
            return unknown_host(scope)
        if scope["method"] not in ("GET", "HEAD"):
            return not_plainly(scope)
        target = f"https://{domain}{self._own_port(scope, port)}{quote(scope['path'])}"
        if scope["query_string"]:
            target += f"?{scope['query_string'].decode('latin-1')}"
        headers = [(b"location", target.encode("latin-1")), (b"content-length", b"0"), (b"connection", b"close")]
        return Answer(HTTPStatus.PERMANENT_REDIRECT, headers)

    def _own_port(self, scope: Scope, asked: str) -> str:
        if self._transport.tls == "off":
            return ""  # the proxy's, which is 443
        ours = (scope.get("server") or ("", 0))[1]
        port = str(self._port) if ours == self._transport.http_port else asked
        return "" if port in ("", str(HTTPS_PORT)) else f":{port}"


async def _send(send: Send, answer: Answer) -> None:
    await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
    await send({"type": "http.response.body", "body": answer.body})
