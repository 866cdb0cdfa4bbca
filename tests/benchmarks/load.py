"""Load on a server, and what it cost: requests, times, processor time, memory."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

RESULTS = Path(__file__).parents[2] / "build" / "benchmarks"
"""Where the figures of a run are left for the report."""
TICK_S = 1 / os.sysconf("SC_CLK_TCK")
CONNECTIONS = 10
UNITS_MS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}
DIFFERENT_EACH_TIME = """
local number = tonumber(os.getenv("FIRST"))
local paths = { PATHS }
request = function()
  number = number + 1
  return wrk.format("GET", paths[number % #paths + 1] .. "%23" .. number)
end
"""
"""A script that ends each query with a comment of its own, so that no answer can have been kept."""


@dataclass(frozen=True)
class Cost:
    """What a load cost.

    Units: requests per second, milliseconds, microseconds of processor time, mebibytes.
    """

    per_second: float
    p50_ms: float
    p99_ms: float
    cpu_us: float
    memory_mib: float
    failed: int


def needs_wrk() -> str:
    """Return where the load generator is, or skip the benchmark."""
    found = shutil.which("wrk")
    if found is None:
        pytest.skip("the load generator wrk is not installed (Debian package wrk)")
    return found


def address(endpoint: str, query: str) -> str:
    """Return the address of a query."""
    sign = "&" if "?" in endpoint else "?"
    return f"{endpoint}{sign}{urlencode({'query': query})}"


def loaded(
    urls: Sequence[str],
    processes: list[int],
    seconds: int,
    *,
    kept: bool,
    folder: Path,
    accept: str,
) -> Cost:
    """Return what a load on addresses of one server cost, each asked in turn.

    In: the processes whose costs count, with all their children; whether the same query is asked
    again and again, so that a cached answer may be given.
    """
    command = [needs_wrk(), "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency"]
    command += ["--timeout", "30s", "-H", f"Accept: {accept}"]
    if not kept:
        script = folder / "different.lua"
        paths = ", ".join(f'"{urlsplit(url).path}?{urlsplit(url).query}"' for url in urls)
        script.write_text(DIFFERENT_EACH_TIME.replace("PATHS", paths))
        command += ["-s", str(script)]
    before = cpu_s(processes)
    first = str(os.urandom(3).hex().translate({ord(c): "1" for c in "abcdef"}))
    told = subprocess.run(
        [*command, urls[0]],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"FIRST": first},
    ).stdout
    spent_s = cpu_s(processes) - before
    requests = int(_found(r"(\d+) requests in", told))
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
    return Cost(
        requests / seconds,
        _milliseconds(_found(r"^\s+50%\s+(\S+)", told)),
        _milliseconds(_found(r"^\s+99%\s+(\S+)", told)),
        spent_s / max(requests, 1) * 1e6,
        memory_mib(processes),
        int(failed[1]) if failed else 0,
    )


def family(process: int) -> list[int]:
    """Return a process and all that descend from it, or were started in its session."""
    parents = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(folder.name)] = int(fields[1])
    found = [process]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


def cpu_s(processes: list[int]) -> float:
    """Return the processor time that processes and their descendants have used."""
    total = 0
    for process in {one for first in processes for one in family(first)}:
        try:
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(int(field) for field in fields[11:15])
    return total * TICK_S


def memory_mib(processes: list[int]) -> float:
    """Return the memory of processes and their descendants; what several share counts once."""
    total = 0
    for process in {one for first in processes for one in family(first)}:
        try:
            rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
        except OSError:
            continue
        total += int(_found(r"^Pss:\s+(\d+)", rollup))
    return total / 1024


def _found(pattern: str, text: str) -> str:
    """Return what a pattern finds."""
    match = re.search(pattern, text, re.MULTILINE)
    assert match, text
    return match[1]


def _milliseconds(text: str) -> float:
    """Return a time that wrk prints."""
    number, unit = re.fullmatch(r"([\d.]+)([a-z]+)", text).groups()  # type: ignore[union-attr]
    return float(number) * UNITS_MS[unit]
