"""What passes between the process that asks and the one that reads: lengths, JSON and bytes, never pickles.

A frame is its length (8 bytes, big-endian) and its bytes. A question is two frames: JSON, and the file. An answer is
a frame of JSON, in which `blobs` counts the frames of bytes that follow.
"""

import socket
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

CALL = 512  # bytes of the message that hands a line over: JSON, filled up with zeros
READY = b"1"  # what the reading side says first
_LENGTH = struct.Struct(">Q")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reader makes of a file: anything that JSON can say, and bytes beside it."""

    value: Any
    blobs: Sequence[bytes] = ()


class Cut(Exception):
    """The other side ended before its frame was whole, or would send more than is taken."""


def send_frame(line: socket.socket, content: bytes) -> None:
    """Send one frame."""
    line.sendall(_LENGTH.pack(len(content)))
    if content:
        # Even of nothing a send fails once the other side has gone, which it may when it knows that nothing follows.
        line.sendall(content)


def take_frame(line: socket.socket, most: int) -> bytes:
    """Return the next frame. Raises `Cut`, also where it announces more than `most` bytes."""
    (length,) = _LENGTH.unpack(_take(line, _LENGTH.size))
    if length > most:
        raise Cut
    return bytes(_take(line, length))


def send_answer(line: socket.socket, said: dict[str, Any], blobs: Sequence[bytes] = ()) -> None:
    """Send an answer whole."""
    send_frame(line, orjson.dumps({**said, "blobs": len(blobs)}))
    for blob in blobs:
        send_frame(line, blob)


def take_answer(line: socket.socket, most: int) -> tuple[dict[str, Any], list[bytes]]:
    """Return an answer of at most so many bytes in all. Raises `Cut` for any that is not one."""
    head = take_frame(line, most)
    try:
        said = orjson.loads(head)
        count = int(said["blobs"])
    except (ValueError, TypeError, KeyError) as error:
        raise Cut from error
    most -= len(head)
    blobs: list[bytes] = []
    for _number in range(count):
        blobs.append(take_frame(line, most))
        most -= len(blobs[-1]) + _LENGTH.size
    return said, blobs


def _take(line: socket.socket, length: int) -> bytearray:
    taken = bytearray(length)
    view, start = memoryview(taken), 0
    while start < length:
        count = line.recv_into(view[start:])
        if not count:
            raise Cut
        start += count
    return taken
