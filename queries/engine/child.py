"""How a child process is started, so that it takes its modules from where this one has them."""

import os
import sys
from pathlib import Path

_HOME = str(Path(__file__).parents[2])
"""The folder in which our packages are, which is never left out."""


def child_command(module: str, *arguments: str) -> list[str]:
    """Return the command that runs a module of ours; it does not look into the working folder."""
    return [sys.executable, "-P", "-m", module, *arguments]


def child_environment() -> dict[str, str]:
    """Return the environment of a child: this one, with the way to our modules.

    Guarantee: the working folder is not on that way, unless our own packages are in it; whoever may
    write there, but not into the program, gives no module to a child.
    """
    here = Path.cwd()
    others = [place for place in sys.path if place and Path(place).resolve() != here]
    places = [_HOME, *(place for place in others if place != _HOME)]
    return os.environ | {"PYTHONPATH": os.pathsep.join(places), "PYTHONSAFEPATH": "1"}
