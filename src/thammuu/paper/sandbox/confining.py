"""What a process gives up before it looks at a stranger's file. It cannot take any of it back."""

import ctypes
import os
import resource
import signal

from thammuu.paper.sandbox.limits import Limits
from thammuu.paper.sandbox.seccomp import forbid_the_rest

NOBODY = 65534
_NEW_NETWORK, _NEW_USER = 0x40000000, 0x10000000
_DIE_WITH_PARENT = 1


def leave_network() -> bool:
    """Move this process and those it starts into a network without any interface. False where that is not allowed."""
    unshare = getattr(ctypes.CDLL(None, use_errno=True), "unshare", None)
    if unshare is None:
        return False
    return bool(unshare(_NEW_NETWORK) == 0 or unshare(_NEW_USER | _NEW_NETWORK) == 0)


def confine(limits: Limits, size: int) -> None:
    """Leave this process its open descriptors, some memory and some seconds, for a file of `size` bytes.

    No descriptor can be opened any more (that is: no file, no socket, no pipe), no process started, nothing written
    to a disk. The limits hold on any Unix; Linux adds its filter of system calls.
    """
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(_DIE_WITH_PARENT, int(signal.SIGKILL), 0, 0, 0)
    memory = _taken() + limits.memory + 3 * size
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, limits.processor),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        _limit(kind, most)
    forbid_the_rest()


def _limit(kind: int, most: int) -> None:
    _soft, hard = resource.getrlimit(kind)
    least = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (least, least))


def _taken() -> int:
    """Bytes of address space that the program itself takes; where the system does not tell, a generous guess."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - nothing may be imported for it
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 1 << 30
