"""The stream's ASGI application: sign-in, replay, listening, leaving."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar
from urllib.parse import parse_qs

from django.conf import settings
from django.db import Error, connection
from django.http import parse_cookie

from thammuu.config.front.spool import header
from thammuu.config.front.types import Receive, Scope, Send
from thammuu.config.live import sessions
from thammuu.config.live.hub import RESET, TURNS, Hub
from thammuu.config.live.listener import STALLED_SECONDS, Listener
from thammuu.config.live.rendering import KEPT, Batch
from thammuu.config.live.sessions import SignIn
from thammuu.config.live.tail import Tail, scopes_of
from thammuu.journal import feed
from thammuu.journal.feed import StreamId
from thammuu.kernel.actor import NOTHING, Actor
from thammuu.org import authority

PULSE_SECONDS = 5.0
MOST = 10_000
HEADERS = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]
log = logging.getLogger(__name__)
T = TypeVar("T")


class Live:
    """`GET /live/stream?since=epoch.position`, server-sent events."""

    def __init__(self) -> None:
        self.hub = Hub()
        self._pool = ThreadPoolExecutor(2, thread_name_prefix="live")
        self._tail: Tail | None = None
        self._keeper: asyncio.Task[None] | None = None
        self._open = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI 3, with lifespan."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["path"] != "/live/stream" or scope["method"] != "GET":
            await _refuse(send, 404)
        elif self.hub.place is None or self._open >= MOST:
            await _refuse(send, 503)
        else:
            self._open += 1
            try:
                await self._stream(scope, receive, send)
            finally:
                self._open -= 1

    def close(self) -> None:
        """End every stream: the process is stopping. A browser takes its stream up again elsewhere."""
        self.hub.place = None
        self.hub.close()

    async def _live(self, receive: Receive, send: Send) -> None:
        while (await receive())["type"] != "lifespan.shutdown":
            self._tail = Tail(self.hub, asyncio.get_running_loop())
            self._tail.start()
            self._keeper = asyncio.create_task(self._keep())
            await send({"type": "lifespan.startup.complete"})
        self.close()
        if self._keeper is not None:
            self._keeper.cancel()
        if self._tail is not None:
            await asyncio.get_running_loop().run_in_executor(None, self._tail.stop)
        self._pool.shutdown(wait=False, cancel_futures=True)
        await send({"type": "lifespan.shutdown.complete"})

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        revision = self.hub.revision
        cookies = parse_cookie(header(scope, b"cookie") or "")
        try:
            found = await self._in_thread(lambda: _who(cookies.get(settings.SESSION_COOKIE_NAME, "")))
        except Error:
            await _refuse(send, 503)
            return
        since = _since(scope)
        if found is None or since is None:
            await _refuse(send, 401 if found is None else 400)
            return
        sign_in, actor = found
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        listener = Listener(send, sign_in, actor.scope, sessions.language_of(cookies, actor))
        if await self._replay(listener, since) and self.hub.revision == revision:
            # Not if authority changed since the sign-in was read: the browser comes back at once, with what holds now.
            await self._listen(listener, receive)
        if not listener.given_up:
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _replay(self, listener: Listener, since: StreamId) -> bool:
        """Tell what came behind `since`; False if the page has to reload, or the reader takes nothing."""
        try:
            async with asyncio.timeout(STALLED_SECONDS):
                if not await self._can_follow(since):
                    await listener.tell(RESET)
                    return False
                await listener.tell(b"retry: 2000\n" + self.hub.pulse())
                position = since.position
                # Between the last look at the place and joining nothing is awaited: no entry can come between.
                while self.hub.place is not None and position < self.hub.place.position:
                    batches = await self._batches(position, self.hub.place.position, listener.language)
                    await self._read_opened(listener)
                    for batch in batches:
                        await listener.tell(batch.event(listener.scope, listener.language, since.epoch, position))
                        position = batch.last
        except (TimeoutError, Error):
            listener.give_up()
            return False
        return True

    async def _can_follow(self, since: StreamId) -> bool:
        place = self.hub.place
        if place is None or since.epoch != place.epoch or place.position - since.position > KEPT:
            return False
        if since.position <= place.position:
            return True
        # The page was made by a process that is ahead of this one.
        head = await self._in_thread(feed.head)
        return since <= head

    async def _batches(self, position: int, until: int, language: str) -> list[Batch]:
        held = self.hub.history.after(position)

        def ready() -> list[Batch]:
            batches = held
            if batches is None:
                entries = [entry for entry in feed.after(position, KEPT) if (entry.position or 0) <= until]
                batches = [Batch(entries)]
            for batch in batches:
                batch.render([language])
            return batches

        return await self._in_thread(ready)

    async def _read_opened(self, listener: Listener) -> None:
        """Read anew what the listener sees if it opened something: that may have grown since it signed in here."""
        if listener.scope.opened:
            scopes = await self._in_thread(lambda: scopes_of([listener.account]))
            listener.scope = scopes[listener.account] or NOTHING

    async def _listen(self, listener: Listener, receive: Receive) -> None:
        self.hub.join(listener)
        sending = asyncio.create_task(listener.run())
        gone = asyncio.create_task(_until_gone(receive))
        try:
            await asyncio.wait({sending, gone}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.hub.leave(listener)
            for task in (sending, gone):
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task

    async def _keep(self) -> None:
        """Send pulses, drop the stalled, end streams whose session is over: a tenth of the listeners at a time."""
        while True:
            await asyncio.sleep(PULSE_SECONDS / TURNS)
            turn = self.hub.next_turn()
            for listener in turn:
                if listener.has_stalled():
                    listener.give_up()
            position = self.hub.place.position if self.hub.place else 0
            sign_ins = [listener.sign_in for listener in turn]
            try:
                lag, ended = await self._in_thread(partial(_look, position, sign_ins))
            except Error as error:
                log.warning("open sessions could not be checked: %s", error)
                ended = set()
            else:
                self.hub.note_lag(lag)
            pulse = self.hub.pulse()
            for listener in turn:
                if listener.sign_in.key in ended:
                    listener.close()
                else:
                    listener.offer(pulse)

    async def _in_thread(self, call: Callable[[], T]) -> T:
        def tended() -> T:
            try:
                return call()
            except Error:
                connection.close()
                raise

        return await asyncio.get_running_loop().run_in_executor(self._pool, tended)


def _who(key: str) -> tuple[SignIn, Actor] | None:
    sign_in = sessions.read(key)
    actor = authority.actor_of(sign_in.account) if sign_in else None
    return (sign_in, actor) if sign_in and actor else None


def _look(position: int, sign_ins: list[SignIn]) -> tuple[float, set[str]]:
    return feed.lag(position), sessions.ended(sign_ins) if sign_ins else set()


def _since(scope: Scope) -> StreamId | None:
    """Return where to begin: the browser's own last id if it came back by itself, else what the page says."""
    last = header(scope, b"last-event-id")
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("since", [""])[0]
    return StreamId.parse(last or asked)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _refuse(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0"), *HEADERS[1:]]})
    await send({"type": "http.response.body"})
