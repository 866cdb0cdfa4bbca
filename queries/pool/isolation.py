"""What a process that runs queries has given up on this machine: tried once, and told."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass

from queries.pool.sandbox import drop_privileges, leave_network, open_no_more_files
from queries.pool.system_calls import CallFilter

_LONGEST_REPORT_BYTES = 4096
_HELD = {
    "network": "no network",
    "files": "no further file or socket",
    "privileges": "no privilege, and none to be gained",
    "system_calls": "only the system calls that a query needs",
}
_MISSING = {
    "network": (
        "this machine does not let the processes that run queries leave its network; that they "
        "can open no connection rests on what else they have given up, and on the check of each "
        "query"
    ),
    "files": "the store is on disk, so the processes that run queries may open files",
    "privileges": "the processes that run queries could not drop every privilege",
    "system_calls": (
        "no filter of system calls: install the library libseccomp (Debian: libseccomp2), on a "
        "kernel that has seccomp"
    ),
}


@dataclass(frozen=True)
class Isolation:
    """What holds for every process that runs a query; the words are in the texts above."""

    network: bool
    files: bool
    privileges: bool
    system_calls: bool

    def held(self) -> str:
        """Return what holds, in words."""
        found = [words for name, words in _HELD.items() if getattr(self, name)]
        return ", ".join(found) or "nothing"

    def missing(self) -> list[str]:
        """Return what does not hold, with the reason and what to do."""
        return [words for name, words in _MISSING.items() if not getattr(self, name)]


def give_up_early() -> tuple[bool, bool]:
    """Leave the network and drop every privilege; return what of both was done."""
    return leave_network(), drop_privileges()


def give_up_late(calls: CallFilter, *, files_closed: bool) -> tuple[bool, bool]:
    """Do without further files, where that can be, and without system calls; return what was."""
    if files_closed:
        open_no_more_files()
    return files_closed, calls.put_on()


def tried(calls: CallFilter, *, files_closed: bool) -> Isolation:
    """Return what holds on this machine; another process tries, as each worker does."""
    told, tell = os.pipe()
    trying = os.fork()
    if trying == 0:
        try:
            network, privileges = give_up_early()
            files, system_calls = give_up_late(calls, files_closed=files_closed)
            found = Isolation(network, files, privileges, system_calls)
            os.write(tell, json.dumps(asdict(found)).encode())
        finally:
            os._exit(0)
    os.close(tell)
    os.waitpid(trying, 0)
    report = os.read(told, _LONGEST_REPORT_BYTES)
    os.close(told)
    return Isolation(**json.loads(report)) if report else Isolation(False, False, False, False)
