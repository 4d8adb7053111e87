"""The shapes of ASGI and WSGI that the front uses."""

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, Protocol

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
AsgiApp = Callable[[Scope, Receive, Send], Awaitable[None]]


class Streams(Protocol):
    """An ASGI application of long answers, which can be told to end them."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI 3, with lifespan."""

    def close(self) -> None:
        """End every open stream."""


Environ = dict[str, Any]
StartResponse = Callable[..., Any]
WsgiApp = Callable[[Environ, StartResponse], Iterable[bytes]]
Headers = list[tuple[bytes, bytes]]
