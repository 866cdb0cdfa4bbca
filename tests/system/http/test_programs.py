"""Programs of others, as they come: each asks one query by GET and one by POST."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, POST, SPARQLWrapper

from tests.fixtures.paths import ROOT
from tests.fixtures.servers.served import Served, serving, write_dataset

QUERY = 'SELECT ?o { ?s ?p ?o FILTER(?o = "x7") }'
FOUND = "o\r\nx7\r\n"
TIME_S = 120
SCRIPTS = ROOT / "build" / "clients"
"""Where the programs of Node are installed for the tests."""
JAVA = """
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

public class Ask {
    public static void main(String[] given) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        String form = "query=" + URLEncoder.encode(given[1], StandardCharsets.UTF_8);
        HttpRequest.Builder asked = HttpRequest.newBuilder().header("Accept", "text/csv");
        HttpRequest get = asked.copy().uri(URI.create(given[0] + "?" + form)).build();
        HttpRequest post = asked.copy().uri(URI.create(given[0]))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form)).build();
        for (HttpRequest request : new HttpRequest[] {post, get, post, get}) {
            var answer = client.send(request, BodyHandlers.ofString());
            System.out.print(answer.statusCode() + " " + answer.body());
        }
    }
}
"""
FETCHER = """
import { SparqlEndpointFetcher } from "fetch-sparql-endpoint"
for (const method of ["GET", "POST"]) {
  const fetcher = new SparqlEndpointFetcher({ method })
  const rows = await fetcher.fetchBindings(process.argv[2], process.argv[3])
  for await (const row of rows) console.log(method, row.o.value)
}
"""


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address for queries of a service."""
    path = write_dataset(tmp_path_factory.mktemp("programs") / "data.nq", 20)
    with serving(dataset=path) as served:
        yield address(served)


def address(served: Served) -> str:
    """Return the address for queries."""
    return f"http://127.0.0.1:{served.port}/sparql"


def printed(*command: str | Path) -> str:
    """Return what a program prints."""
    done = subprocess.run(list(map(str, command)), capture_output=True, timeout=TIME_S)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return done.stdout.decode("utf-8")


def installed(program: str) -> str:
    """Return where a program is, or skip."""
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not at hand")
    return found


def test_java(endpoint: str, tmp_path: Path) -> None:
    """Its own client offers to go on by HTTP/2 with each request, bodies included."""
    compiler, java = installed("javac"), installed("java")
    source = tmp_path / "Ask.java"
    source.write_text(JAVA, encoding="utf-8")
    printed(compiler, "-d", tmp_path, source)
    assert printed(java, "-cp", tmp_path, "Ask", endpoint, QUERY) == f"200 {FOUND}" * 4


def test_curl_offers_http_2(endpoint: str) -> None:
    """By GET and POST, alone and twice on one connection."""
    curl = installed("curl")
    asked = ("--data-urlencode", f"query={QUERY}", "-H", "Accept: text/csv")
    for way in ((), ("-G",)):
        command = (curl, "--silent", "--show-error", "--noproxy", "*", "--http2", *way, *asked)
        assert printed(*command, endpoint) == FOUND
        assert printed(*command, endpoint, endpoint) == FOUND * 2


@pytest.mark.parametrize("method", [GET, POST])
def test_sparqlwrapper(endpoint: str, method: str) -> None:
    """The client that analysts know."""
    wrapper = SPARQLWrapper(endpoint)
    wrapper.setQuery(QUERY)
    wrapper.setMethod(method)
    wrapper.setReturnFormat(CSV)
    assert wrapper.query().convert() == FOUND.encode()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_rdflib(endpoint: str, method: str) -> None:
    """The service as a store of its graphs."""
    found = SPARQLStore(endpoint, method=method).query(QUERY)
    assert [str(row[0]) for row in found] == ["x7"]  # type: ignore[index]


def test_fetch_sparql_endpoint(endpoint: str) -> None:
    """The client under Comunica, in Node."""
    node = installed("node")
    if not (SCRIPTS / "node_modules" / "fetch-sparql-endpoint").is_dir():
        pytest.skip("fetch-sparql-endpoint is not at hand")
    script = SCRIPTS / "ask.mjs"
    script.write_text(FETCHER, encoding="utf-8")
    assert printed(node, script, endpoint, QUERY) == "GET x7\nPOST x7\n"
