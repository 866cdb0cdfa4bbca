"""Show how far a command is: a bar on a terminal, a plain line per stage elsewhere."""

from __future__ import annotations

import sys
from types import TracebackType

import click

from loaders.release.build import BuildStage


class Progress:
    """Tells people which stage runs; on standard error, so that results can be piped."""

    def __init__(self) -> None:
        """Start with no stage."""
        self._bar = click.progressbar(
            length=len(BuildStage),
            file=sys.stderr,
            item_show_func=lambda stage: stage,
            show_eta=False,
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
                self._bar.update(len(BuildStage) - self._bar.pos)
            self._bar.__exit__(kind, error, traceback)

    def stage(self, name: BuildStage) -> None:
        """Say that a stage begins."""
        if self._is_terminal:
            self._bar.update(1, name)
        else:
            click.echo(f"{name} …", err=True)


class Tally:
    """Tells how much of one long piece of work is done; on standard error, as the stages."""

    def __init__(self, length: int, label: str) -> None:
        """Start with nothing done."""
        self._bar = click.progressbar(length=length, label=label, file=sys.stderr)
        self._is_terminal = sys.stderr.isatty()
        self._length, self._label = max(length, 1), label
        self._done = self._told = 0

    def __enter__(self) -> Tally:
        """Show the empty bar, or the first line."""
        if self._is_terminal:
            self._bar.__enter__()
        else:
            click.echo(f"{self._label} …", err=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Leave the terminal as it was."""
        if self._is_terminal:
            self._bar.__exit__(kind, error, traceback)

    def add(self, amount: int) -> None:
        """Say that so much more is done; elsewhere than on a terminal each tenth is a line."""
        self._done += amount
        tenth = 10 * self._done // self._length
        if tenth == self._told:
            return
        self._told = tenth
        if self._is_terminal:
            self._bar.update(self._done - self._bar.pos)
        else:
            click.echo(f"{10 * tenth} %", err=True)
