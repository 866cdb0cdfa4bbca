"""The commands, a module each: what a person types, and what is then called."""

from pathlib import Path

import click

REFUSED = 1
"""Exit code for a refused input, or for findings."""
FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
