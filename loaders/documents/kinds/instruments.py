"""A direction, a notice, or a letter that proposes an act: they differ in what their files say."""

from typing import Any

from loaders.documents.facts.directions.written_instrument import InstrumentForm, read_instrument
from loaders.documents.layout.numbered_tree import Tree, read_tree
from loaders.documents.record.candidate import Candidate

TREE = read_tree


def read(tree: Tree, **form: Any) -> Candidate:
    """Return the candidate record of an instrument.

    In: what the file of its kind says under `form`.
    Raises: UnreadableDocument if no council of the register is named.
    """
    return read_instrument(tree, InstrumentForm(**form))
