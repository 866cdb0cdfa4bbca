"""A child process: it takes its modules from where this one has them, and may stand back."""

import os
import sys
from contextlib import suppress
from pathlib import Path

_HOME = str(Path(__file__).parents[2])
"""The folder in which our packages are, which is never left out."""
_TAKEN_FIRST = 800
"""How readily the kernel takes this process when memory runs out, from 0 to 1,000."""


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


def step_back(niceness: int) -> None:
    """Lower the priority, and be the first that the kernel takes when memory runs out."""
    os.nice(niceness)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(str(_TAKEN_FIRST))
