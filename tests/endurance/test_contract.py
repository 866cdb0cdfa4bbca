"""Requests that schemathesis makes of the contract: each answer is one that the contract tells."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fixtures.servers.served import serving

RUN_S = 300
EXAMPLES = 50
OPERATIONS = 100
"""At least so many are in the contract."""
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "unsupported_method",
    "missing_required_header",
)
"""Not whether a text is taken: a cursor, a name of a council or a query is judged by more than a
pattern, and a value that is empty counts as none."""
PROGRAM = Path(sys.executable).with_name("schemathesis")


def test_answers_are_those_of_the_contract(
    release: Path,
    share: Callable[[int], int],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """No status, format or form of an answer that the contract does not tell, and no fault."""
    with serving(release=release) as served:
        run = [str(PROGRAM), "run", f"http://127.0.0.1:{served.port}/openapi.json"]
        limits = ["--max-time", str(share(RUN_S)), "--max-examples", str(share(EXAMPLES))]
        # It cannot write what is a text of SPARQL and nothing else.
        chosen = ["--checks", ",".join(CHECKS), "--phases", "fuzzing"]
        chosen += ["--exclude-operation-id", "sparql_post"]
        options = ["--continue-on-failure", "--generation-deterministic", "--no-color"]
        done = subprocess.run(
            [*run, *limits, *chosen, *options],
            capture_output=True,
            text=True,
            timeout=2 * RUN_S,
            cwd=tmp_path,
        )
    cases = re.search(r"Test cases:\n\s+([0-9]+) generated", done.stdout)
    with capsys.disabled():
        print(f"\n{cases[1] if cases else 'no'} requests made of the contract")
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr
    assert cases is not None and int(cases[1]) > OPERATIONS, done.stdout
