"""Show how far a command is: a bar on a terminal, a plain line per stage elsewhere."""

from __future__ import annotations

import sys
from types import TracebackType

import click

from loaders.build import Stage


class Progress:
    """Tells people which stage runs; on standard error, so that results can be piped."""

    def __init__(self) -> None:
        """Start with no stage."""
        self._bar = click.progressbar(
            length=len(Stage), file=sys.stderr, item_show_func=lambda stage: stage, show_eta=False
        )
        self._is_terminal = sys.stderr.isatty()

    def __enter__(self) -> Progress:
        """Show the empty bar."""
        if self._is_terminal:
            self._bar.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Leave the terminal as it was."""
        if self._is_terminal:
            if error is None:
                self._bar.update(len(Stage) - self._bar.pos)
            self._bar.__exit__(kind, error, traceback)

    def stage(self, name: Stage) -> None:
        """Say that a stage begins."""
        if self._is_terminal:
            self._bar.update(1, name)
        else:
            click.echo(f"{name} …", err=True)
