"""Each request that the front answers gets a number, is counted by its route, and is told in the log."""

import logging
from collections.abc import Callable
from time import perf_counter
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse

from thammuu.config.front.guard import Guard
from thammuu.config.front.native import NATIVE
from thammuu.config.front.types import Message, Receive, Scope, Send
from thammuu.config.observing.current import Observation, begin, name_route

if TYPE_CHECKING:  # it needs Django's models, which are not there yet when the front is put together
    from thammuu.config.observing.metrics import Counting

NUMBER = b"x-request-id"
STREAM = "live_stream"
UNKNOWN = "unknown"
SLOW = 2.0
log = logging.getLogger("thammuu.request")


class Observed:
    """The front and its guard, observed from outside: nothing that they answer by themselves is missed."""

    def __init__(self, front: Guard, counting: "Counting | None" = None) -> None:
        self._front = front
        self._counting = counting

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI 3."""
        if scope["type"] != "http":
            await self._front(scope, receive, send)
            return
        seen = Observation(scope["method"])
        begin(scope, seen)

        async def tell(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen.seconds = perf_counter() - seen.begun
                seen.status = message["status"]
                seen.route = seen.route or _route_apart_from_pages(scope)
                message["headers"] = [*message["headers"], (NUMBER, seen.number.encode())]
                self._answered(seen)
            await send(message)

        try:
            await self._front(scope, receive, tell)
        finally:
            self._ended(seen)

    def close_streams(self) -> None:
        """End the open streams: the process is stopping."""
        self._front.close_streams()

    def _answered(self, seen: Observation) -> None:
        if self._counting is not None:
            self._counting.answered(seen)
            if _is_stream(seen):
                self._counting.stream(1)
        level = logging.INFO
        if seen.status >= 500 or seen.seconds > SLOW:
            level = logging.ERROR if seen.status >= 500 else logging.WARNING
        if log.isEnabledFor(level):
            told = {"method": seen.method, "status": seen.status, "ms": round(seen.seconds * 1000, 1)}
            log.log(level, "answered slowly" if level == logging.WARNING else "answered", extra=told)

    def _ended(self, seen: Observation) -> None:
        if self._counting is not None and _is_stream(seen):
            self._counting.stream(-1)


def _is_stream(seen: Observation) -> bool:
    return seen.route == STREAM and seen.status == 200


def _route_apart_from_pages(scope: Scope) -> str:
    path = scope["path"]
    if (scope["method"], path) in NATIVE:
        return str(path.strip("/").replace("/", "_"))
    if path.startswith("/live/"):
        return STREAM if path == "/live/stream" else UNKNOWN
    return "static" if path.startswith("/static/") else UNKNOWN


class RouteMiddleware:
    """Notes by which route a page is answered, once Django knows."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        """Note the route's name before its view is called, so that the view's own records have it."""
        if request.resolver_match is not None:
            name_route(request.META, request.resolver_match.view_name)
