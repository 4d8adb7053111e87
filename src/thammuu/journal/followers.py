"""Followers: reactions to facts, led in one worker, each remembering the last position it has worked through."""

import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from threading import Event

from django.db import Error, connection, transaction

from thammuu.journal import feed
from thammuu.journal.feed import FeedEntry
from thammuu.journal.models import FollowerPosition

BATCH = 500
log = logging.getLogger(__name__)

React = Callable[[Sequence[FeedEntry]], None]


@dataclass(frozen=True, slots=True)
class Follower:
    """A reaction to facts of certain kinds (None: of every kind)."""

    name: str
    kinds: frozenset[str] | None
    react: React


_followers: dict[str, Follower] = {}


def follower(name: str, *, kinds: Collection[str] | None = None) -> Callable[[React], React]:
    """Register a follower. It is called in a transaction with entries in order, each entry once.

    What it changes it changes through actions, in that same transaction, so that the position and the effect commit
    together.
    """

    def register(react: React) -> React:
        _followers[name] = Follower(name, None if kinds is None else frozenset(kinds), react)
        return react

    return register


def step() -> int:
    """Let every follower work through one batch; return how many entries were read in all."""
    batches = Batches()
    return sum(_step(one, batches) for one in list(_followers.values()))


class Batches:
    """What was read in one round, by the position it follows: followers that are equally far share it."""

    def __init__(self) -> None:
        self._read: dict[int, list[FeedEntry]] = {}

    def after(self, position: int) -> list[FeedEntry]:
        """Return the next entries behind the position."""
        if position not in self._read:
            self._read[position] = feed.after(position, BATCH)
        return self._read[position]


def _step(one: Follower, batches: Batches) -> int:
    with transaction.atomic():
        state, _new = FollowerPosition.objects.select_for_update().get_or_create(
            name=one.name, defaults={"position": 0}
        )
        entries = batches.after(state.position)
        if not entries:
            return 0
        concerned = [entry for entry in entries if one.kinds is None or entry.kind in one.kinds]
        if concerned:
            one.react(concerned)
        state.position = entries[-1].position or state.position
        state.save(update_fields=["position"])
        return len(entries)


def run(stop: Event, idle_seconds: float = 0.2) -> None:
    """Follow until `stop` is set; a follower that fails is logged and tried again, the others go on."""
    while not stop.is_set():
        read, batches = 0, Batches()
        for one in list(_followers.values()):
            try:
                read += _step(one, batches)
            except Error as error:
                log.warning("follower %s lost its database and tries again: %s", one.name, error)
                connection.close()
            except Exception:
                log.exception("follower %s failed and is tried again", one.name)
        if not read:
            stop.wait(idle_seconds)
