"""A filter in the kernel that leaves a process only what computing needs: no file, no socket, no other process.

Linux on x86-64 and on 64-bit ARM. Everything that is not listed fails with EPERM. See `seccomp(2)` and, for the
numbers, the kernel's tables of system calls.
"""

import ctypes
import errno
import platform
import struct

_NAMES = (
    "read", "write", "close", "fstat", "lseek", "mmap", "mprotect", "munmap", "brk", "rt_sigaction", "rt_sigprocmask",
    "rt_sigreturn", "readv", "writev", "sched_yield", "mremap", "madvise", "getpid", "sendto", "recvfrom", "shutdown",
    "exit", "gettimeofday", "sigaltstack", "gettid", "futex", "sched_getaffinity", "clock_gettime", "clock_nanosleep",
    "exit_group", "getrandom", "membarrier", "rseq",
)  # fmt: skip
_NUMBERS = {
    "x86_64": (
        0xC000003E,
        (0, 1, 3, 5, 8, 9, 10, 11, 12, 13, 14, 15, 19, 20, 24, 25, 28, 39, 44, 45, 48,
         60, 96, 131, 186, 202, 204, 228, 230, 231, 318, 324, 334),
    ),
    "aarch64": (
        0xC00000B7,
        (63, 64, 57, 80, 62, 222, 226, 215, 214, 134, 135, 139, 65, 66, 124, 216, 233, 172, 206, 207, 210,
         93, 169, 132, 178, 98, 123, 113, 115, 94, 278, 283, 293),
    ),
}  # fmt: skip
_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _KILL, _FAIL = 0x7FFF0000, 0x80000000, 0x00050000
_AT_NUMBER, _AT_ARCHITECTURE = 0, 4
_MOST_ARGUMENTS = 4


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("steps", ctypes.c_char_p)]


def forbid_the_rest() -> bool:
    """Put the filter on this process, for good. False where the system has none for it."""
    found = _NUMBERS.get(platform.machine())
    if found is None or platform.system() != "Linux":
        return False
    library = ctypes.CDLL(None, use_errno=True)
    program = _program(*found)
    steps = _Program(len(program) // 8, program)
    if library.prctl(_NO_NEW_PRIVILEGES, 1, *[0] * (_MOST_ARGUMENTS - 1)) != 0:
        return False
    return bool(library.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(steps), 0, 0) == 0)


def _program(architecture: int, numbers: tuple[int, ...]) -> bytes:
    """The filter's steps; a jump counts the steps that it leaves out."""
    steps = [(_LOAD, 0, 0, _AT_ARCHITECTURE), (_EQUAL, 1, 0, architecture), (_RETURN, 0, 0, _KILL)]
    steps.append((_LOAD, 0, 0, _AT_NUMBER))
    steps += [(_EQUAL, len(numbers) - place, 0, number) for place, number in enumerate(numbers)]
    steps += [(_RETURN, 0, 0, _FAIL | errno.EPERM), (_RETURN, 0, 0, _ALLOW)]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)
