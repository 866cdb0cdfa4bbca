"""A client that is generated from the contract is typed, and calls the service."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.fixtures.guards import not_empty
from tests.fixtures.servers.served import serving

_CALLS = """
import sys
from datetime import date

from made import Client
from made.api.linked_data import describe, ontology
from made.api.reconciliation import suggest_entity
from made.api.reference import validate
from made.api.lists import (
    events_of_council,
    list_appointments,
    list_claims,
    list_councils,
    list_directions,
    list_discrepancies,
    list_documents,
    list_inspections,
    list_judgements,
    list_requirements,
    list_under_intervention,
    requirements_of_direction,
)
from made.api.questions import list_queries, query_directions_of_council
from made.api.search import search
from made.api.service import figures, live, ready
from made.api.things import council, direction
from made.models.problem import Problem
from made.models.validate_data_body import ValidateDataBody

client = Client(base_url=sys.argv[1], headers={"Accept": "application/json"})
found = list_directions.sync(client=client, council="WOR", limit=5)
assert found is not None and not isinstance(found, Problem)
total: int = found.total
names: list[str] = [item.id for item in found.items]
assert total >= 1 and names
refused = list_directions.sync(client=client, council="XYZ")
assert isinstance(refused, Problem)
accepted: list[str] = refused.accepted
answers = [
    found,
    council.sync("NFK", client=client),
    describe.sync("office", "sos-education", client=client),
    direction.sync("WOR-2017-02", client=client),
    events_of_council.sync("NFK", client=client),
    figures.sync(client=client),
    list_appointments.sync(client=client),
    list_claims.sync(client=client, limit=5),
    list_councils.sync(client=client, q="norf"),
    list_discrepancies.sync(client=client),
    list_documents.sync(client=client),
    list_inspections.sync(client=client),
    list_judgements.sync(client=client),
    list_queries.sync(client=client),
    list_requirements.sync(client=client, limit=1),
    list_under_intervention.sync(client=client, on=date(2018, 1, 1)),
    live.sync(client=client),
    ontology.sync(client=client),
    query_directions_of_council.sync(client=client, council="NFK"),
    ready.sync(client=client),
    requirements_of_direction.sync("WOR-2017-02", client=client),
    search.sync(client=client, q="Norfolk"),
    suggest_entity.sync(client=client, prefix="norf"),
    validate.sync(client=client, body=ValidateDataBody(data="<urn:a> <urn:b> 1 .")),
]
wrong = [
    place
    for place, answer in enumerate(answers)
    if answer is None or isinstance(answer, Problem)
]
print(len(answers), wrong)
"""


@pytest.fixture(scope="module")
def made(client: TestClient, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a client generated from the contract, and a program that uses it."""
    folder = tmp_path_factory.mktemp("client")
    (folder / "openapi.json").write_text(client.get("/openapi.json").text, encoding="utf-8")
    (folder / "config.json").write_text(json.dumps({"literal_enums": True, "post_hooks": []}))
    paths = ["--path", str(folder / "openapi.json"), "--output-path", str(folder / "made")]
    generate = [sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none"]
    subprocess.run(
        [*generate, *paths, "--config", str(folder / "config.json")], check=True, timeout=300
    )
    (folder / "use.py").write_text(_CALLS, encoding="utf-8")
    return folder


def test_it_calls_the_service(made: Path, release: Path) -> None:
    """Twenty operations and more give objects of their schemas; what is wrong gives a problem."""
    with serving(release=release) as served:
        call = [sys.executable, "use.py", f"http://127.0.0.1:{served.port}"]
        done = subprocess.run(call, cwd=made, capture_output=True, text=True, timeout=120)
    assert (done.stdout, done.stderr) == ("24 []\n", "")


def test_each_part_of_it_can_be_imported(made: Path) -> None:
    """What is in the contract in a form that the generator has no room for fails here first."""
    modules = [
        ".".join(path.relative_to(made).with_suffix("").parts)
        for path in (made / "made").rglob("*.py")
    ]
    program = f"import importlib\nfor name in {sorted(not_empty(modules))}:\n    "
    program += "importlib.import_module(name)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=made, capture_output=True, text=True, timeout=120
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_it_is_typed(made: Path) -> None:
    """A checker of types that is strict finds nothing in a program that uses it."""
    check = [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", "use.py"]
    done = subprocess.run(
        check, cwd=made, capture_output=True, text=True, timeout=300, env=dict(os.environ)
    )
    assert done.returncode == 0, done.stdout
