"""Show how far a command is: a bar on a terminal, plain lines elsewhere; on standard error."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

import click

_PATIENCE_S = 10
"""How long a command that answers may be silent."""


@contextmanager
def stages(number: int) -> Iterator[Callable[[str], None]]:
    """Yield what takes the name of each of so many stages as it begins."""
    if not sys.stderr.isatty():
        yield lambda stage: click.echo(f"{stage} …", err=True)
        return
    with click.progressbar(
        length=number,
        file=sys.stderr,
        item_show_func=lambda stage: stage,
        show_eta=False,
    ) as bar:
        yield lambda stage: bar.update(1, stage)
        bar.update(number - bar.pos)


@contextmanager
def tally(length: int, label: str) -> Iterator[Callable[[int], None]]:
    """Yield what takes how much more of one long piece of work is done; it shows each tenth."""
    is_terminal = sys.stderr.isatty()
    label = label if is_terminal else f"{label} …"
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        done = shown = 0

        def add(amount: int) -> None:
            nonlocal done, shown
            done += amount
            tenth = 10 * done // max(length, 1)
            if tenth == shown:
                return
            shown = tenth
            if is_terminal:
                bar.update(done - bar.pos)
            else:
                click.echo(f"{10 * tenth} %", err=True)

        yield add


@contextmanager
def patience(what: str, every_s: float = _PATIENCE_S) -> Iterator[None]:
    """Say every so often that a command is still at work, and how it is ended."""
    is_done = Event()

    def tell() -> None:
        waited_s = every_s
        while not is_done.wait(every_s):
            click.echo(f"{what} for {waited_s:g} s; end it with Ctrl+C", err=True)
            waited_s += every_s

    Thread(target=tell, daemon=True).start()
    try:
        yield
    finally:
        is_done.set()
