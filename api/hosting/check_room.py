"""What a process gives up before it reads data of others."""

from queries.engine.child import step_back
from queries.pool.sandbox import (
    drop_privileges,
    leave_network,
    leave_no_core,
    limit_memory,
    open_no_more_files,
)
from queries.pool.system_calls import CallFilter

_NICENESS = 10


def confine(memory_bytes: int) -> None:
    """Stand back, and do without network, privileges, further files and most system calls.

    In: what it may use of memory beyond what it has. Whatever it needs must be loaded by now.
    """
    calls = CallFilter(is_on_disk=False, has_threads=True)
    leave_no_core()
    step_back(_NICENESS)
    leave_network()
    drop_privileges()
    limit_memory(memory_bytes)
    open_no_more_files()
    calls.put_on()
