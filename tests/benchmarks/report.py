"""Write the measured costs as a table and a plot: `python -m tests.benchmarks.report`."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.benchmarks.load import RESULTS

PLOT = Path(__file__).parent / "service.svg"
OURS = "this service"
COLOURS: dict[str, str] = {
    OURS: "#1d4f91",
    "this service, kept": "#7aa5d8",
    "oxigraph server": "#c8671b",
    "Virtuoso": "#5b8c3a",
    "rdflib-endpoint": "#8a5a9e",
}
LEFT, TOP, BAR, GAP, WIDTH = 96, 44, 9, 14, 560
DECADES = 7
"""Requests per second from one tenth up to a million, a decade each."""

Costs = Mapping[str, Mapping[str, Mapping[str, Any]]]


def table(costs: Costs) -> Iterator[str]:
    """Yield the lines of a table: how much each server answers, as a ratio to this service."""
    peers = [name for name in COLOURS if name != OURS]
    yield f"| question | {' | '.join(peers)} | {OURS}, requests/s | p99 ms | CPU µs |"
    yield f"|---|{'---:|' * (len(peers) + 3)}"
    for question, row in costs.items():
        ours = row[OURS]
        ratios = [
            f"{row[name]['per_second'] / ours['per_second']:.2f}" if name in row else "–"
            for name in peers
        ]
        yield (
            f"| {question} | {' | '.join(ratios)} | {ours['per_second']:,.0f} "
            f"| {ours['p99_ms']:.1f} | {ours['cpu_us']:,.0f} |"
        )


def plot(costs: Costs) -> str:
    """Return a picture of the requests per second, on a scale of powers of ten."""
    height = TOP + sum(len(row) * BAR + GAP for row in costs.values()) + 30
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDTH + 20} {height}" '
        'font-family="sans-serif" font-size="11" role="img">',
        "<title>Requests per second by question and server</title>",
        f'<rect width="{LEFT + WIDTH + 20}" height="{height}" fill="#fff"/>',
        *_legend(),
        *_scale(height),
    ]
    top = TOP
    for question, row in costs.items():
        middle = top + len(row) * BAR / 2 + 4
        parts.append(f'<text x="{LEFT - 8}" y="{middle:.0f}" text-anchor="end">{question}</text>')
        for name, one in row.items():
            width = _place(max(one["per_second"], 0.1)) - LEFT
            parts.append(
                f'<rect x="{LEFT}" y="{top}" width="{width:.1f}" height="{BAR - 1}" '
                f'fill="{COLOURS[name]}"/>'
            )
            top += BAR
        top += GAP
    return "\n".join([*parts, "</svg>"]) + "\n"


def _legend() -> Iterator[str]:
    """Yield the names of the servers in their colours."""
    for place, (name, colour) in enumerate(COLOURS.items()):
        x = LEFT + place * 118
        yield f'<rect x="{x}" y="10" width="10" height="10" fill="{colour}"/>'
        yield f'<text x="{x + 14}" y="19">{name}</text>'


def _scale(height: int) -> Iterator[str]:
    """Yield a line and a number for each power of ten."""
    for power in range(DECADES):
        x = _place(10**power)
        yield (
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 8}" y2="{height - 22}" stroke="#ddd"/>'
            f'<text x="{x:.1f}" y="{height - 8}" text-anchor="middle">{10**power:,}</text>'
        )


def _place(per_second: float) -> float:
    """Return where a number of requests stands on the scale."""
    return LEFT + (math.log10(per_second) + 1) / DECADES * WIDTH


def main() -> None:
    """Print the table and write the plot."""
    costs = json.loads((RESULTS / "service.json").read_text())["costs"]
    print("\n".join(table(costs)))
    PLOT.write_text(plot(costs), encoding="utf-8")


if __name__ == "__main__":
    main()
