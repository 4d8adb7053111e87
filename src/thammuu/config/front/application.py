"""The ASGI application: natively what must not wait, everything else through the gateway to Django."""

import asyncio
import os
from collections.abc import Mapping

from thammuu.config.front.gateway import Answer, Gateway
from thammuu.config.front.limits import LIMITS, Limits
from thammuu.config.front.native import NativeAnswer, NativeHandler, NativeRequest
from thammuu.config.front.refusals import refusal
from thammuu.config.front.spool import BodyRefused, ClientGone, spool
from thammuu.config.front.types import Receive, Scope, Send, Streams, WsgiApp

SMALL = 16 * 1024


class Front:
    """One port's application. `live` serves `/live/…` by itself and is told of start and stop."""

    def __init__(
        self,
        pages: WsgiApp,
        live: Streams,
        native: Mapping[tuple[str, str], NativeHandler],
        limits: Limits = LIMITS,
    ) -> None:
        self._gateway = Gateway(pages, limits.threads)
        self._live = live
        self._native = native
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI 3."""
        if scope["type"] == "lifespan":
            await self._live(scope, receive, send)
            self._gateway.shut()
        elif scope["path"].startswith("/live/"):
            await self._live(scope, receive, send)
        else:
            await self._serve(scope, receive, send)

    def close_streams(self) -> None:
        """End the open streams: the process is stopping."""
        self._live.close()

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        handler = self._native.get((scope["method"], scope["path"]))
        try:
            body = await spool(scope, receive, self._limits, self._limits.body)
        except ClientGone:
            return
        except BodyRefused as refused:
            await self._send_whole(send, refusal(scope, refused.status, self._limits))
            return
        with body:
            length = body.seek(0, os.SEEK_END)
            body.seek(0)
            if handler is not None and length <= self._limits.native_body:
                said = await handler(_native_request(scope, body.read()))
                if said is not None:
                    await self._send_whole(send, _native_answer(said))
                    return
                body.seek(0)
            answer = await self._gateway.answer(scope, body, length)
        if answer.rest is None:
            await self._send_whole(send, answer)
        else:
            await self._send_rest(receive, send, answer)

    async def _send_whole(self, send: Send, answer: Answer) -> None:
        await _start(send, answer)
        await self._send_piece(send, answer.body, more=False)

    async def _send_rest(self, receive: Receive, send: Send, answer: Answer) -> None:
        """Send at the client's pace, until it hangs up or takes nothing; no thread waits meanwhile."""
        hung_up = asyncio.ensure_future(receive())
        try:
            await _start(send, answer)
            while not hung_up.done() and (piece := await self._gateway.next_piece(answer)):
                await self._send_piece(send, piece, more=True)
            await self._send_piece(send, b"", more=False)
        except TimeoutError:
            return
        finally:
            hung_up.cancel()
            await self._gateway.close(answer)

    async def _send_piece(self, send: Send, piece: bytes, *, more: bool) -> None:
        message = {"type": "http.response.body", "body": piece, "more_body": more}
        if len(piece) <= SMALL:
            await send(message)
        else:
            await asyncio.wait_for(send(message), self._limits.pause * 3)


async def _start(send: Send, answer: Answer) -> None:
    await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})


def _native_request(scope: Scope, body: bytes) -> NativeRequest:
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    query, client = scope["query_string"].decode("latin-1"), (scope.get("client") or ("",))[0]
    return NativeRequest(scope["method"], scope["path"], query, headers, body, client)


def _native_answer(said: NativeAnswer) -> Answer:
    headers = [*said.headers, (b"content-length", str(len(said.body)).encode())]
    return Answer(said.status, headers, said.body)
