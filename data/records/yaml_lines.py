"""Read YAML with the line of every mapping, all scalars as text, and no key twice.

It is separate because it knows nothing of records: text such as `no` or `2016-01-07` must stay
text, and messages must name a line, neither of which the usual YAML loading gives.
"""

from collections.abc import Iterator
from itertools import chain
from typing import Any

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ontology.errors import UnreadableRecord

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""The fast reader where PyYAML was built with it; both keep every scalar as text."""

_MOST_LEVELS = 100
"""Parts within parts that a file may hold; the fast reader would end the process far beyond."""

_MOST_PARTS = 1_000_000
"""Parts of a file with each alias written out; a few lines of aliases may stand for billions."""

_LINE = "line"
"""Key under which each mapping carries the number of its line in the file."""


class LinedMapping(dict[str, Any]):
    """A mapping that knows the line of each of its keys."""

    def __init__(self, line: int) -> None:
        """Start with the line of the mapping itself."""
        super().__init__({_LINE: line})
        self.lines: dict[str, int] = {}


def read_yaml(text: str, name: str) -> Any:
    """Return the content of a YAML file; each mapping holds its line under `line`.

    Raises: UnreadableRecord, naming file and line, for invalid YAML and for a key given twice.

    >>> read_yaml("council: NFK", "example.yaml")
    {'line': 1, 'council': 'NFK'}
    """
    try:
        is_flat = all(level <= _MOST_LEVELS for level in _levels(text))
        node = yaml.compose(text, Loader=_LOADER) if is_flat else None
        # A part that holds itself by an alias has no end either.
        if not is_flat or (node is not None and _parts(node, {}) > _MOST_PARTS):
            raise UnreadableRecord(
                f"{name} holds parts within parts without end; write each part out once"
            )
        content = None if node is None else _content(node, name)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or str(error)
        raise UnreadableRecord(
            f"{name}, line {line}: not valid YAML: {problem}. Correct the line and build again."
        ) from None
    if node is None:
        raise UnreadableRecord(f"{name}: the file is empty; expected a record")
    return content


def _levels(text: str) -> Iterator[int]:
    """Yield how deep each part of a file lies; this looks at no more than one part at a time."""
    level = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            level += 1
            yield level
        elif isinstance(event, yaml.CollectionEndEvent):
            level -= 1


def _parts(node: yaml.Node, known: dict[int, float]) -> float:
    """Return how many parts a node is with each alias written out; without end if it is its own."""
    if isinstance(node, yaml.ScalarNode):
        return 1
    if id(node) not in known:
        known[id(node)] = float("inf")
        children = node.value if isinstance(node, yaml.SequenceNode) else chain(*node.value)
        known[id(node)] = 1 + sum(_parts(child, known) for child in children)
    return known[id(node)]


def _content(node: yaml.Node, name: str) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_content(child, name) for child in node.value]
    mapping = LinedMapping(node.start_mark.line + 1)
    for key_node, value_node in node.value:
        key, line = key_node.value, key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise UnreadableRecord(f"{name}, line {line}: a key has to be a word, not a list")
        if key in mapping:
            raise UnreadableRecord(
                f"{name}, line {line}: the key {key!r} stands twice (or is reserved); keep one"
            )
        mapping[key] = _content(value_node, name)
        mapping.lines[key] = line
    return mapping


def fault_messages(error: ValidationError, raw: Any, name: str) -> Iterator[str]:
    """Yield a message, with file and line, for each fault that pydantic found in a file."""
    for fault in error.errors(include_url=False):
        path = ".".join(str(step) for step in fault["loc"])
        wrong = fault["input"]
        found = f" (found {wrong!r})" if isinstance(wrong, str | int) else ""
        message = fault["msg"].removeprefix("Value error, ")
        yield f"{name}, line {_line(raw, fault)}, {path}: {message}{found}"


def _line(raw: Any, fault: ErrorDetails) -> int:
    """Return the line of the key that is at fault, or of the mapping that lacks it."""
    line = 1
    for step in fault["loc"]:
        if isinstance(raw, LinedMapping):
            line = raw.lines.get(str(step), raw[_LINE])
            raw = raw.get(str(step))
        elif isinstance(raw, list) and isinstance(step, int) and step < len(raw):
            raw = raw[step]
            line = raw[_LINE] if isinstance(raw, LinedMapping) else line
        elif step != 0:
            break
    return line
