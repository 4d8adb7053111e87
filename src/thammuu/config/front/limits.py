"""How much and how long the front takes from one request."""

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Sizes in bytes, times in seconds.

    A body larger than `body` is refused; up to `drained` bytes are read and thrown away first, because a
    browser that is still sending does not read the answer. `pause` is the longest silence while a body
    arrives (three of them while a piece of an answer is taken), `arrival` the longest time for the whole body.
    """

    body: int = 26 * MEBIBYTE
    drained: int = 128 * MEBIBYTE
    in_memory: int = MEBIBYTE
    pause: float = 20.0
    arrival: float = 300.0
    native_body: int = 64 * 1024
    threads: int = 3


LIMITS = Limits()
