"""The process that reads data of others before a rule is loaded: a slip is told at once.

`-m api.hosting.syntax_process`: a task of one line comes in; then it says that it is ready, the
data comes in, and what is wrong with it goes out, or that nothing is.
"""

import json
import os
import signal
import sys

from api.hosting.check_room import confine
from api.hosting.check_task import GRACE_S, NAME, READY, CheckTask
from ontology.errors import UnreadableGraph
from ontology.rdf_text import read_triples
from queries.engine.formats import RDF_FORMATS
from queries.pool.sandbox import be_called


def main() -> None:
    """Read what is sent once, and tell what hinders that."""
    be_called("read")
    told, heard = sys.stdout.buffer, sys.stdin.buffer
    task = CheckTask(**json.loads(heard.readline()))
    confine(task.memory_bytes)
    told.write(READY)
    told.flush()
    data = heard.read(task.data_bytes)
    signal.setitimer(signal.ITIMER_REAL, task.seconds + GRACE_S)
    told.write(json.dumps(_read(task, data)).encode())


def _read(task: CheckTask, data: bytes) -> dict[str, str]:
    """Return the error that ends the reading, or nothing."""
    try:
        read_triples(data, RDF_FORMATS[task.suffix], NAME)
    except UnreadableGraph as error:
        return {"error": str(error), "kind": type(error).__name__}
    except MemoryError:
        os._exit(1)
    return {"report": ""}


if __name__ == "__main__":
    main()
