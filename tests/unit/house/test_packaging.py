"""The wheel will be whole: `pyproject.toml` names every folder with Python and every resource."""

import tomllib
from pathlib import Path
from typing import Any

from setuptools import find_packages  # type: ignore[import-untyped]

from tests.fixtures.paths import ROOT

NOT_PACKAGED = {"tests", "build", "dist"}


def setuptools_settings() -> dict[str, Any]:
    """Return the table [tool.setuptools] of pyproject.toml."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    settings: dict[str, Any] = tomllib.loads(text)["tool"]["setuptools"]
    return settings


def packages() -> list[str]:
    """Return the packages that the wheel carries."""
    found = setuptools_settings()["packages"]["find"]
    return sorted(find_packages(str(ROOT), include=found["include"]))


def matched_resources(package: str) -> set[Path]:
    """Return the files of a package that its own patterns or the common ones match."""
    patterns = setuptools_settings()["package-data"]
    folder = ROOT / package.replace(".", "/")
    return {
        path
        for pattern in [*patterns["*"], *patterns.get(package, [])]
        for path in folder.glob(pattern)
    }


def test_every_folder_with_python_is_a_package() -> None:
    """A folder that is not listed works in a checkout and is missing from the wheel."""
    folders = {
        path.parent.relative_to(ROOT)
        for top in ROOT.iterdir()
        if top.is_dir() and not top.name.startswith(".") and top.name not in NOT_PACKAGED
        for path in top.rglob("*.py")
    }
    assert {".".join(folder.parts) for folder in folders} == set(packages())


def test_every_package_has_an_init_file() -> None:
    """Without one, a folder of the same name elsewhere on the path could be taken for ours."""
    folders = [ROOT / name.replace(".", "/") for name in packages()]
    assert [str(folder) for folder in folders if not (folder / "__init__.py").is_file()] == []


def test_every_package_says_that_it_is_typed() -> None:
    """Type checkers believe the hints of an installed package only beside this file."""
    tops = [name for name in packages() if "." not in name]
    assert [name for name in tops if not (ROOT / name / "py.typed").is_file()] == []


def test_every_resource_matches_a_pattern() -> None:
    """A file without a pattern in package-data is missing from the wheel."""
    packed = set().union(*(matched_resources(package) for package in packages()))
    missing = [
        str(path.relative_to(ROOT))
        for package in packages()
        for path in (ROOT / package.replace(".", "/")).rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"} and path not in packed
    ]
    assert missing == []
