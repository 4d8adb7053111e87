"""How much one file may cost to read."""

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """`seconds` on the wall and `processor` seconds of a core; `memory` and `answer` in bytes.

    `memory` is what the reading may take beside the file itself and the program. An answer larger than `answer` is
    not taken.
    """

    seconds: float = 60.0
    processor: int = 20
    memory: int = 512 * MEBIBYTE
    answer: int = 128 * MEBIBYTE


LIMITS = Limits()
