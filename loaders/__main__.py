"""The command line, `interventions`; it has no logic of its own.

Each command is imported when it is asked for: a command that reads one document need not wait for
what makes or serves a release.
"""

import importlib
import sys

import click

from loaders.commands import REFUSED
from ontology.errors import InterventionsError, WrongUse

_WRONG_USE = 2

_COMMANDS: dict[str, str] = {
    "ask": "ask",
    "build": "build",
    "compare": "compare",
    "diff": "releases",
    "evaluate": "evaluate",
    "export": "export",
    "extract": "extract",
    "fetch": "data",
    "mint": "data",
    "publish": "publish",
    "query": "query",
    "releases": "releases",
    "serve": "serve",
    "states": "states",
    "tables": "data",
    "validate": "validate",
}
"""The commands, each with the module of `commands` that holds it as `{name}_command`."""


_EXTRAS: dict[str, str] = {
    "fastapi": "serve",
    "jinja2": "serve",
    "uvicorn": "serve",
    "pebble": "extract",
    "pypdf": "extract",
    "duckdb": "build",
    "pyshacl": "build",
    "zstandard": "build",
}
"""The modules that not everybody installs, each with the extra that brings it."""


class Commands(click.Group):
    """The commands, of which only the one asked for is imported."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name, or None if there is none."""
        if cmd_name not in _COMMANDS:
            return None
        try:
            module = importlib.import_module(f"loaders.commands.{_COMMANDS[cmd_name]}")
        except ModuleNotFoundError as error:
            if need := _need(error):
                return _without_extra(cmd_name, error, need)
            raise
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command


def _need(error: ModuleNotFoundError) -> str | None:
    """Return how to get a module that is missing, if an extra brings it."""
    extra = _EXTRAS.get(error.name or "")
    return extra and f"needs {error.name}: pip install 'council-interventions[{extra}]'"


def _without_extra(name: str, error: ModuleNotFoundError, need: str) -> click.Command:
    """Return what stands for a command that lacks a module: whatever it is given, it fails."""

    def fail(arguments: tuple[str, ...]) -> None:
        raise error

    return click.Command(
        name,
        callback=fail,
        params=[click.Argument(["arguments"], nargs=-1)],
        short_help=f"({need})",
        add_help_option=False,
        context_settings={"ignore_unknown_options": True},
    )


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="council-interventions")
def cli() -> None:
    """Build, check, ask and serve the record of interventions in English councils."""


def main() -> None:
    """Run the command line: exit code 0 done, 1 a refused input or a finding, 2 wrong use."""
    try:
        cli(prog_name="interventions")
    except ModuleNotFoundError as error:
        if not (need := _need(error)):
            raise
        click.echo(f"Error: this command {need}", err=True)
        sys.exit(_WRONG_USE)
    except WrongUse as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(_WRONG_USE)
    except InterventionsError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(REFUSED)
    except OSError as error:
        place = f": {error.filename}" if error.filename else ""
        click.echo(f"Error: {error.strerror or error}{place}", err=True)
        sys.exit(REFUSED)


if __name__ == "__main__":
    main()
