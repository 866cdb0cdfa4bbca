"""The process that checks data of others once, and may be ended at any moment.

`-m api.hosting.checker_process`: a task of one line comes in, and what is known; then it says that
it is ready, the data comes in, and the report goes out.
"""

import json
import logging
import os
import signal
import sys

import pyoxigraph as ox
from rdflib import Graph

from api.hosting.check_room import confine
from api.hosting.check_task import GRACE_S, NAME, READY, CheckTask
from api.hosting.check_watch import CheckWatch
from ontology.errors import InterventionsError
from ontology.terms import CI
from queries.engine.formats import RDF_FORMATS
from queries.pool.sandbox import be_called
from shapes import report_graph
from shapes.foreign import check_graph, parse_graph
from shapes.portions import Watch

_WRONG = f"""<urn:example:direction> a <{CI.Direction}> ; <{CI.signed}> [ a <{CI.TimeStatement}> ;
    <{CI.verbatim}> "31 February" ; <{CI.earliest}> "2020-02-31" ] .""".encode()
"""Made-up data that breaks rules, so that whatever says so is loaded."""


def main() -> None:
    """Load what the check needs, say so, check once, and tell the report."""
    be_called("check")
    logging.disable(logging.CRITICAL)
    told, heard = sys.stdout.buffer, sys.stdin.buffer
    task = CheckTask(**json.loads(heard.readline()))
    known = parse_graph(heard.read(task.known_bytes), RDF_FORMATS["nt"], NAME)
    # What is loaded at first use is loaded by using it on something that breaks a rule.
    _reported(_WRONG, RDF_FORMATS["ttl"], Graph(), CheckWatch(task))
    confine(task.memory_bytes)
    told.write(READY)
    told.flush()
    data = heard.read(task.data_bytes)
    signal.setitimer(signal.ITIMER_REAL, task.seconds + GRACE_S)
    told.write(json.dumps(_checked(task, data, known)).encode())


def _checked(task: CheckTask, data: bytes, known: Graph) -> dict[str, str]:
    """Return the report, or the error that ends the check; nothing of one too long."""
    try:
        report = _reported(data, RDF_FORMATS[task.suffix], known, CheckWatch(task))
    except InterventionsError as error:
        return {"error": str(error), "kind": type(error).__name__}
    except MemoryError:
        os._exit(1)
    return {"report": report} if len(report) <= task.report_bytes else {}


def _reported(data: bytes, data_format: ox.RdfFormat, known: Graph, watch: Watch) -> str:
    """Return the report of SHACL about data, in N-Triples."""
    findings = check_graph(parse_graph(data, data_format, NAME), known, watch)
    return report_graph(findings).serialize(format="nt")


if __name__ == "__main__":
    main()
