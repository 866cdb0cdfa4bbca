"""A candidate record: what was read of a document, and plainly what was not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from data.records.form import LeftOut, Record
from data.records.statements import Model
from loaders.documents.files.fixed_text import FixedText
from loaders.documents.record.proposals import as_written

_WIDTH = 110
_FIRST = frozenset({"document", "slug", "id", "paragraph", "area", "thing", "value", "date"})
"""Keys that stand before the others, for whoever reads the record."""

_REVIEWED_HEADER = """\
# Made by `interventions extract` from {name}; a reviewer decided, whose role and day stand below.
# Kind: {kind} ({reasons}).
# Give the identifiers with a question mark their numbers and reword the summaries; what was not
# read or not decided is listed at the end under left_out.
"""
_HEADER = """\
# A candidate made by `interventions extract` from {name}; nothing here is reviewed.
# Kind: {kind} ({reasons}).
# Give the identifiers with a question mark their numbers, reword the summaries, check each passage;
# what could not be read is listed at the end under left_out.
"""


@dataclass(frozen=True)
class Candidate:
    """A record that nobody has reviewed, and the fixed text that its passages count in."""

    document: FixedText
    record: Record
    kind: str = ""
    reasons: tuple[str, ...] = ()

    @property
    def unread(self) -> list[LeftOut]:
        """The sentences that bear a date, a grade, a power or a duty and gave no fact."""
        return self.record.left_out


def candidate_yaml(candidate: Candidate, hints: Sequence[str] = ()) -> str:
    """Return a candidate in the form of the project's records, ready for a reviewer.

    In: what the reviewer should know besides, one line each.
    """
    content = _plain(candidate.record)
    is_reviewed = bool(candidate.record.document.reviewed)
    head = (_REVIEWED_HEADER if is_reviewed else _HEADER).format(
        name=candidate.document.name,
        kind=candidate.kind or "not said",
        reasons="; ".join(candidate.reasons) or "as asked for",
    )
    body = yaml.dump(content, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH)
    lines = "".join(f"# {hint}\n" for hint in hints)
    return head + as_written(lines + body)


class _Dumper(yaml.SafeDumper):
    """Writes lists inside mappings with an indent, as the records have them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent every list."""
        super().increase_indent(flow, False)


def _plain(part: Any) -> Any:
    """Return a part of a record as plain values, in the short forms where they say the same."""
    if isinstance(part, list):
        values = [_plain(value) for value in part]
        return [
            value["value"] if isinstance(value, dict) and set(value) == {"value"} else value
            for value in values
        ]
    if isinstance(part, Model):
        names = sorted(type(part).model_fields, key=lambda name: name not in _FIRST)
        stated = {name: getattr(part, name) for name in names if name != "line"}
        return {
            name: _shortened(_plain(value))
            for name, value in stated.items()
            if value not in (None, [], "")
        }
    return part if isinstance(part, int | str) else str(part)


def _shortened(value: Any) -> Any:
    """Return the one statement of a list of bare statements in place of the list."""
    alone = isinstance(value, list) and len(value) == 1 and isinstance(value[0], str)
    return value[0] if alone else value
