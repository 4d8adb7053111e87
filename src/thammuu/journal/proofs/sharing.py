"""Sharing verification out among processes, so that the end of one of them is told and never waited for."""

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from django.utils.translation import gettext as _


class Unfinished(RuntimeError):
    """A process of the verification ended before its work: nothing can be said of what it had to verify."""


@contextmanager
def shared_out(
    processes: int, prepare: Callable[..., None], arguments: tuple[object, ...] = ()
) -> Iterator[ProcessPoolExecutor]:
    """Give processes, each of which calls `prepare(*arguments)` first.

    Raises `Unfinished` when one of them is ended from outside, as the kernel does where memory runs out, or cannot
    prepare itself.
    """
    spawning = multiprocessing.get_context("spawn")
    try:
        with ProcessPoolExecutor(processes, spawning, prepare, arguments) as pool:
            yield pool
    except BrokenProcessPool as error:
        raise Unfinished(
            _("A process of the verification ended before its work: nothing was found out. Is there memory enough?")
        ) from error
