"""What the service is shipped in: as little as it needs, and no more than it says."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
import yaml

from tests.fixtures.paths import ROOT

UNIT = ROOT / "api" / "council-interventions.service"
MOST_EXPOSED = 2.5
EXPOSURE = re.compile(r"Overall exposure level for \S+: ([\d.]+)")


def test_the_unit_is_rated_safe() -> None:
    """By the scale of systemd, where 10 is the worst."""
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not installed")
    done = subprocess.run(
        [program, "security", "--offline=yes", "--no-pager", str(UNIT)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    found = EXPOSURE.search(done.stdout)
    if found is None:
        pytest.skip(f"this systemd rates no unit that is not loaded: {done.stderr.strip()}")
    assert float(found[1]) < MOST_EXPOSED


def test_the_image_runs_as_a_user_that_owns_nothing() -> None:
    """Its last stage has a user, a check of health, and copies what is there."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    last = text.rpartition("\nFROM ")[2]
    user = re.search(r"^USER (\d+):\d+$", last, re.MULTILINE)
    assert user is not None and int(user[1]) > 0
    assert "HEALTHCHECK" in last and "libseccomp2" in last
    for name in ("requirements.lock", "requirements-serve.lock"):
        assert name in text and (ROOT / name).is_file()


def test_the_services_are_shut_in() -> None:
    """Nothing can be written but what passes, no privilege is left, only the proxy is reached."""
    told = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    service, proxy = told["services"]["service"], told["services"]["proxy"]
    for one in (service, proxy):
        assert one["read_only"] and one["cap_drop"] == ["ALL"]
        assert one["security_opt"] == ["no-new-privileges:true"]
    assert "ports" not in service and service["networks"] == ["inside"]
    assert told["networks"]["inside"]["internal"] is True
    subnet = told["networks"]["inside"]["ipam"]["config"][0]["subnet"]
    assert service["environment"]["INTERVENTIONS_PROXIES"] == subnet
