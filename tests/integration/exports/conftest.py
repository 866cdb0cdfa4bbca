"""A release of one's own with what is taken away, and a service on it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from data.releases import current_release
from data.settings import Settings
from loaders.exports.folder import make_exports
from tests.fixtures.servers.in_process import client_of


@pytest.fixture(scope="package")
def copied(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a release of one's own."""
    place = tmp_path_factory.mktemp("releases") / "copied"
    return current_release(Path(shutil.copytree(release, place, symlinks=True)))


@pytest.fixture(scope="package")
def exports(copied: Path) -> Path:
    """Return the folder of what is taken away of the project's own records."""
    return make_exports(copied).folder


@pytest.fixture(scope="package")
def client(copied: Path, exports: Path) -> Iterator[TestClient]:
    """Return a client of a service on that release."""
    with client_of(Settings(release=copied.parent)) as client:
        yield client
