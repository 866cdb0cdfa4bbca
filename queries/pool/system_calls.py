"""Let the kernel refuse a process the system calls that no query needs, by libseccomp.

The library is that of the system (`libseccomp2`), which resolves the names for each kind of
processor; where it is missing there is no filter, and the service says so.
"""

from __future__ import annotations

import ctypes
import errno

_LIBRARY = "libseccomp.so.2"
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM
_MISSING = 0x00050000 | errno.ENOSYS
_CLONE_THREAD = 0x00010000
_MASKED_EQUAL = 7
"""Comparison of a filter: the bits of a mask are those of a value."""
_ALL_THREADS = 4
"""Attribute of a filter: it holds for every thread that the process has."""
_UNKNOWN_HERE = -1
"""Number of a call that this kind of processor does not have."""

_NEEDED = (
    *("read", "readv", "recvfrom", "recvmsg", "write", "writev", "sendto", "sendmsg"),
    *("poll", "ppoll", "close", "shutdown", "lseek", "fstat"),
    *("brk", "mmap", "mmap2", "mprotect", "mremap", "munmap", "madvise"),
    *("futex", "futex_time64", "rseq", "set_robust_list", "membarrier", "sched_yield"),
    *("rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "restart_syscall"),
    *("setitimer", "getitimer", "clock_gettime", "clock_gettime64", "clock_nanosleep"),
    *("nanosleep", "gettimeofday", "time", "getrandom", "getrusage", "sched_getaffinity"),
    *("getpid", "gettid", "tgkill", "exit", "exit_group"),
)
"""What a process uses that answers from memory; it gets no other call."""
_REFUSED_ON_DISK = (
    *("socket", "socketpair", "connect", "bind", "listen", "accept", "accept4"),
    *("execve", "execveat", "fork", "vfork", "ptrace", "process_vm_readv", "process_vm_writev"),
    *("mount", "umount2", "pivot_root", "chroot", "setns", "unshare", "bpf", "keyctl", "add_key"),
    *("request_key", "perf_event_open", "userfaultfd", "io_uring_setup", "open_by_handle_at"),
    *("init_module", "finit_module", "delete_module", "kexec_load", "reboot", "swapon", "swapoff"),
    *("unlink", "unlinkat", "rename", "renameat", "renameat2", "mkdir", "mkdirat", "rmdir"),
    *("link", "linkat", "symlink", "symlinkat", "truncate", "ftruncate", "chmod", "fchmod"),
    *("fchmodat", "chown", "fchown", "fchownat", "setuid", "setgid", "setresuid", "setresgid"),
)
"""What a process is refused whose store on disk opens files and starts threads of its own."""


class _Argument(ctypes.Structure):
    """What a call has to be given for a rule to hold: which argument, and what it is like."""

    _fields_ = [
        ("place", ctypes.c_uint),
        ("comparison", ctypes.c_int),
        ("mask", ctypes.c_uint64),
        ("value", ctypes.c_uint64),
    ]


class CallFilter:
    """A filter of system calls, made once and put on by each process that is forked afterwards."""

    def __init__(self, *, is_on_disk: bool, has_threads: bool = False) -> None:
        """Make the filter; without the library of the system there is none.

        In: whether a process that answers from memory may start threads; processes it never may.
        """
        self._library = _opened()
        self._filter: ctypes.c_void_p | None = None
        if self._library is None:
            return
        default, names, action = (
            (_ALLOW, _REFUSED_ON_DISK, _REFUSE) if is_on_disk else (_REFUSE, _NEEDED, _ALLOW)
        )
        self._filter = self._library.seccomp_init(default)
        self._library.seccomp_attr_set(self._filter, _ALL_THREADS, 1)
        for name in names:
            number = self._library.seccomp_syscall_resolve_name(name.encode())
            if number != _UNKNOWN_HERE:
                self._library.seccomp_rule_add(self._filter, action, number, 0)
        if has_threads:
            self._allow_threads(self._library, self._filter)

    def _allow_threads(self, library: ctypes.CDLL, own: ctypes.c_void_p) -> None:
        """Allow what starts a thread in the one form in which the kernel can tell it by a number.

        The newer form is said to be missing, so that the library of C takes the older one.
        """
        number = library.seccomp_syscall_resolve_name(b"clone")
        of_a_thread = _Argument(0, _MASKED_EQUAL, _CLONE_THREAD, _CLONE_THREAD)
        library.seccomp_rule_add_array(own, _ALLOW, number, 1, ctypes.byref(of_a_thread))
        newer = library.seccomp_syscall_resolve_name(b"clone3")
        if newer != _UNKNOWN_HERE:
            library.seccomp_rule_add(own, _MISSING, newer, 0)

    def put_on(self) -> bool:
        """Put the filter on this process, for good; return false where the machine has none."""
        if self._library is None or self._filter is None:
            return False
        return bool(self._library.seccomp_load(self._filter) == 0)


def _opened() -> ctypes.CDLL | None:
    try:
        library = ctypes.CDLL(_LIBRARY)
    except OSError:
        return None
    library.seccomp_init.restype = ctypes.c_void_p
    library.seccomp_init.argtypes = [ctypes.c_uint32]
    library.seccomp_attr_set.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_uint32]
    library.seccomp_syscall_resolve_name.argtypes = [ctypes.c_char_p]
    library.seccomp_rule_add.argtypes = [
        *(ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint)
    ]
    library.seccomp_rule_add_array.argtypes = [
        *(ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint, ctypes.c_void_p)
    ]
    library.seccomp_load.argtypes = [ctypes.c_void_p]
    return library
