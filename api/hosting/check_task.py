"""What the service tells the process that checks data of others."""

from dataclasses import dataclass

READY = b"R"
"""What the process says first, once everything is loaded."""


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
