"""A text as it is read: plain characters, slips of recognition, labels, numbers and months."""

import re
import tomllib
from importlib.resources import files
from typing import Any


def words_beside(module: str) -> dict[str, Any]:
    """Return the table of words or patterns that stands beside a module, under its name."""
    package, _, name = module.rpartition(".")
    return tomllib.loads(files(package).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def patterns_beside(module: str) -> dict[str, re.Pattern[str]]:
    """Return the patterns that stand beside a module, by name: each is any of its parts.

    Case does not count. A line break in a part, and the spaces after it, are no part of it.
    """
    return {
        name: re.compile(re.sub(r"\n *", "", "|".join(rule["patterns"])), re.IGNORECASE)
        for name, rule in words_beside(module).items()
    }
