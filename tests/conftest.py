"""What every test gets: no network, and the source documents where they are at hand."""

import socket
from collections.abc import Callable, Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from starlette.testclient import TestClient

from data.records.files import read_records
from data.settings import Settings, variable
from loaders.release.build import build
from loaders.release.write import write_release
from tests.fixtures.datasets.made_up_dataset import write_dataset
from tests.fixtures.servers.in_process import client_of
from tests.fixtures.servers.listener import Listener
from tests.fixtures.servers.served import Served, serving
from tests.fixtures.servers.served import write_dataset as write_triples
from tests.fixtures.shared import shared_folder

# The same examples in every run: a result that depends on chance says nothing of a change.
hypothesis.settings.register_profile("the same in every run", derandomize=True)
hypothesis.settings.load_profile("the same in every run")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let `make endure` ask for long runs in full."""
    parser.addoption("--endure", action="store_true", help="Run long runs in full, not a tenth.")


@pytest.fixture(scope="session")
def share(request: pytest.FixtureRequest) -> Callable[[int], int]:
    """Return what tells how many of so many rounds are run: all by `make endure`, or a tenth."""
    in_full = bool(request.config.getoption("--endure"))
    return lambda rounds: rounds if in_full else max(rounds // 10, 1)


class NetworkForbidden(AssertionError):
    """A test tried to reach another machine."""


def is_local(host: object) -> bool:
    """Return whether a host, by name or by number, is this machine."""
    if host in {None, "", b"", "localhost", b"localhost", "testserver"}:
        return True
    text = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    try:
        return ip_address(text.partition("%")[0]).is_loopback
    except ValueError:
        return False


def guard_address(original: Callable[..., Any]) -> Callable[..., Any]:
    """Return a socket method that refuses an address beyond this machine.

    In: a method whose last argument is the address.
    """

    def guarded(self: socket.socket, *arguments: Any) -> Any:
        address = arguments[-1]
        local_family = self.family not in {socket.AF_INET, socket.AF_INET6}
        if not local_family and not is_local(address[0]):
            raise NetworkForbidden(f"a test tried to reach {address!r}; tests stay on this machine")
        return original(self, *arguments)

    return guarded


def guard_name(original: Callable[..., Any]) -> Callable[..., Any]:
    """Return a name look-up that refuses any name but this machine's own."""

    def guarded(host: object, *arguments: Any, **options: Any) -> Any:
        if not is_local(host):
            raise NetworkForbidden(f"a test tried to look up {host!r}; tests stay on this machine")
        return original(host, *arguments, **options)

    return guarded


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Forbid every connection but to this machine, for the whole run."""
    with pytest.MonkeyPatch.context() as patch:
        for method in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, method, guard_address(getattr(socket.socket, method)))
        for function in ("getaddrinfo", "gethostbyname"):
            patch.setattr(socket, function, guard_name(getattr(socket, function)))
        yield


@pytest.fixture(scope="session", autouse=True)
def no_kept_stores() -> Iterator[None]:
    """Let no command that a test runs leave a store in the folder of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(variable("kept_stores"), "0")
        yield


@pytest.fixture(scope="session")
def documents() -> Path:
    """Return the folder of the source documents, which are not part of this repository."""
    return shared_folder("documents", "documents", "the source documents")


@pytest.fixture(scope="session")
def published() -> Path:
    """Return the folder of the publishers' tables, which are not part of this repository."""
    return shared_folder("data", "data", "the publishers' tables")


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a release of the five documents alone, built once for all tests."""
    folder = tmp_path_factory.mktemp("release")
    write_release(build(read_records()), folder)
    return folder


@pytest.fixture(scope="session")
def national(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the national release, from all records and tables, built once."""
    folder = tmp_path_factory.mktemp("national")
    write_release(build(), folder)
    return folder


@pytest.fixture(scope="session")
def client(release: Path) -> Iterator[TestClient]:
    """Return a client of the service on that release; it does not follow redirections."""
    with client_of(Settings(release=release), follow_redirects=False) as running:
        yield running


@pytest.fixture(scope="session")
def england(national: Path) -> Iterator[TestClient]:
    """Return a client of the service on the national release."""
    with client_of(Settings(release=national), follow_redirects=False) as running:
        yield running


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Return a client of the service on a small dataset that is not a release."""
    path = write_dataset(tmp_path_factory.mktemp("made-up"))
    with client_of(Settings(dataset=path), follow_redirects=False) as running:
        yield running


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    """Return a server that notes every connection."""
    listening = Listener()
    yield listening
    listening.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return a service on some triples."""
    folder = tmp_path_factory.mktemp("isolation")
    with serving(dataset=write_triples(folder / "data.nq", 50)) as running:
        yield running
