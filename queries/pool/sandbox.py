"""What a process that runs a query gives up, from its network to its memory. Linux."""

import ctypes
import os
import resource
import signal
from contextlib import suppress
from pathlib import Path

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG = 1
_PR_SET_NAME = 15
_PR_SET_NO_NEW_PRIVILEGES = 38
_CAPABILITIES_VERSION = 0x20080522
_CAPABILITY_WORDS = 6
"""Those in force, permitted and inherited, in two halves."""
_NOBODY = 65534
_OWN_MEMORY = Path("/proc/self/statm")


def end_with_parent(parent: int) -> None:
    """Let the kernel tell this process to end when its parent ends, however that ended.

    In: the parent that it had when it was started; if that has ended already, this ends now.
    """
    _library().prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        signal.raise_signal(signal.SIGTERM)


def be_called(name: str) -> None:
    """Let tools that list processes show this one by what it is; at most 15 characters."""
    _library().prctl(_PR_SET_NAME, name.encode())


def leave_network() -> bool:
    """Move to a network without interfaces; return false where the machine does not permit that."""
    library = _library()
    return bool(
        library.unshare(_CLONE_NEWNET) == 0 or library.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0
    )


def drop_privileges() -> bool:
    """Be nobody where this is root, hold no capability, and let nothing gain any.

    Out: whether all of that is so.
    """
    library = _library()
    gains_none = library.prctl(_PR_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0
    if os.geteuid() == 0:
        with suppress(OSError):
            os.setgroups([])
            os.setresgid(_NOBODY, _NOBODY, _NOBODY)
            os.setresuid(_NOBODY, _NOBODY, _NOBODY)
    header = (ctypes.c_uint32 * 2)(_CAPABILITIES_VERSION, 0)
    none = (ctypes.c_uint32 * _CAPABILITY_WORDS)()
    holds_none = library.capset(header, none) == 0
    return gains_none and holds_none and os.geteuid() != 0


def open_no_more_files() -> None:
    """Refuse this process every further file and socket, so that it cannot even try to connect.

    What is open stays open. Any limit above 0 would leave the numbers that are free below it.
    """
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def limit_memory(further_bytes: int) -> None:
    """Allow so much address space beyond what is in use now."""
    used = int(_OWN_MEMORY.read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + further_bytes, used + further_bytes))


def leave_no_core() -> None:
    """Write no image of the memory when the process is ended."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
