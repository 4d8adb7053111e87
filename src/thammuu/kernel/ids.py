"""Identifiers: UUIDv7 (RFC 9562), so that new rows land at the end of an index.

Lists are ordered by them, so they never go back, whatever the clock does: one that would lie before what this process
has made or read takes its time from that instead (a hybrid logical clock: Kulkarni and others, 2014).
"""

from threading import Lock
from uuid import UUID

from uuid_utils import compat

VERSION = 7
_BELOW_TIME = 80
_lock = Lock()
_last = 0


def new_id() -> UUID:
    """Return a new UUIDv7 behind all that this process knows; its first 48 bits are Unix milliseconds, or nearly."""
    global _last
    with _lock:
        made: int = compat.uuid7().int
        if made <= _last:
            rest = made & ((1 << _BELOW_TIME) - 1)
            made = (((_last >> _BELOW_TIME) + 1) << _BELOW_TIME) | rest
        _last = made
    return UUID(int=made)


def seen(id: UUID) -> None:
    """Note an id that another process made: those made from now on come behind it, if it has a time."""
    global _last
    if id.version == VERSION:
        with _lock:
            _last = max(_last, id.int)
