"""What the service tells the processes that read and check data of others."""

from dataclasses import dataclass

READY = b"R"
"""What a process says first, once everything is loaded."""
GRACE_S = 0.5
"""How much later than the service a process ends itself, in case that the service has gone."""
NAME = "what was sent"
"""What messages call the data that is checked."""


@dataclass(frozen=True)
class CheckTask:
    """What is to be checked: the format, how long each part is, and what it may use and tell.

    In: behind it come what the data may refer to, as N-Triples, and the data.
    """

    suffix: str
    known_bytes: int
    data_bytes: int
    memory_bytes: int
    report_bytes: int
    seconds: float
