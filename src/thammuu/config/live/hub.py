"""The listeners of one process, in audiences of the same scope and language; all of it on the event loop."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import orjson

from thammuu.config.live.listener import Listener
from thammuu.config.live.rendering import Batch, History
from thammuu.journal.feed import StreamId
from thammuu.kernel.actor import Scope

TURNS = 10
LAG_READ_SECONDS = 1.0  # an answer older than this is itself late
RESET = b"event: reset\ndata: {}\n\n"


@dataclass(frozen=True, slots=True)
class Lacking:
    """What a batch still needs before it is handed on: texts in languages, listeners whose scope is read anew."""

    languages: frozenset[str]
    listeners: frozenset[Listener]


@dataclass(frozen=True, slots=True)
class Audience:
    """Whoever is told the same bytes."""

    scope: Scope
    language: str


class Hub:
    """Gives each batch to whoever may see its entries.

    `place` is what everybody who has joined was told of.

    `revision` counts the changes of authority.
    """

    def __init__(self) -> None:
        self.place: StreamId | None = None
        self.history = History()
        self.revision = 0
        self.lag: float = 0.0
        self.lag_read = time.monotonic()
        self._audiences: dict[Audience, set[Listener]] = {}
        # Pulses go to a tenth of the listeners at a time: thousands at once would delay what happens.
        self._turns: list[set[Listener]] = [set() for _turn in range(TURNS)]
        self._turn = 0

    def __len__(self) -> int:
        return sum(map(len, self._audiences.values()))

    @property
    def languages(self) -> frozenset[str]:
        """Return the languages that listeners read; may be asked from any thread."""
        return frozenset(audience.language for audience in list(self._audiences))

    def listeners(self) -> list[Listener]:
        """Return everybody who has joined."""
        return [listener for audience in self._audiences.values() for listener in audience]

    def join(self, listener: Listener) -> None:
        """Tell the listener of every batch from now on."""
        self._audiences.setdefault(Audience(listener.scope, listener.language), set()).add(listener)
        min(self._turns, key=len).add(listener)

    def leave(self, listener: Listener) -> None:
        """Tell the listener no more. Harmless if it never joined."""
        audience = Audience(listener.scope, listener.language)
        listeners = self._audiences.get(audience, set())
        listeners.discard(listener)
        if not listeners:
            self._audiences.pop(audience, None)
        for turn in self._turns:
            turn.discard(listener)

    def deliver(self, batch: Batch) -> Lacking | None:
        """Offer a batch to its audiences; return what it lacks, and then nothing was offered."""
        lacking = Lacking(self.languages - batch.texts.keys(), self._unread(batch))
        if lacking.languages or lacking.listeners:
            return lacking
        if self.place is None:
            return None
        self.place = StreamId(self.place.epoch, batch.last)
        self.history.add(batch)
        for audience, listeners in self._audiences.items():
            event = batch.event(audience.scope, audience.language, self.place.epoch)
            if event:
                for listener in listeners:
                    listener.offer(event)
        return None

    def _unread(self, batch: Batch) -> frozenset[Listener]:
        """Return whoever opened something that the batch may add to, and whose scope was not read since."""
        if not batch.may_grow:
            return frozenset()
        opened = [group for audience, group in self._audiences.items() if audience.scope.opened]
        return frozenset().union(*opened) - batch.admitted

    def rescope(self, scopes: Mapping[UUID, Scope | None]) -> None:
        """Move every listener to what its account may see now; one whose account is closed is closed."""
        self.revision += 1
        self.admit(scopes)

    def admit(self, scopes: Mapping[UUID, Scope | None]) -> None:
        """Move listeners as `rescope` does; streams that are being opened may go on."""
        for listener in self.listeners():
            scope = scopes.get(listener.account, listener.scope)
            if scope is None:
                listener.close()
            elif scope != listener.scope:
                self.leave(listener)
                listener.scope = scope
                self.join(listener)

    def next_turn(self) -> list[Listener]:
        """Return the tenth whose turn it is."""
        self._turn = (self._turn + 1) % TURNS
        return list(self._turns[self._turn])

    def pulse(self) -> bytes:
        """Return the event that tells how far the stream is and how late: what is recorded and not yet told."""
        lag = self.lag + max(0.0, time.monotonic() - self.lag_read - LAG_READ_SECONDS)
        said = {
            "position": self.place.position if self.place else 0,
            "lag_ms": round(lag * 1000),
            "now": datetime.now(UTC),
        }
        return b"event: pulse\ndata: %s\n\n" % orjson.dumps(said)

    def note_lag(self, seconds: float) -> None:
        """Hold what was just read: how old the oldest entry is that was not told yet."""
        self.lag, self.lag_read = seconds, time.monotonic()

    def forget(self) -> None:
        """Drop what is kept for readers who come back; they are served from the table."""
        self.history = History()

    def restart(self, place: StreamId) -> None:
        """Begin at a place; what was told before of another one no longer holds, so every page reloads."""
        if self.place is not None and self.place != place:
            self.history = History()
            self.close(RESET)
        self.place = place

    def end(self, listeners: Iterable[Listener]) -> None:
        """End these streams."""
        for listener in listeners:
            listener.close()

    def close(self, last: bytes = b"") -> None:
        """End every stream, after `last`."""
        for listener in self.listeners():
            listener.close(last)
