"""A statutory direction, or what varies, revokes or explains one."""

from loaders.documents.facts.directions.written_instrument import InstrumentForm, read_instrument
from loaders.documents.kinds.recognition import DocumentKind
from loaders.documents.layout.numbered_tree import Tree, read_tree
from loaders.documents.record.candidate import Candidate

_FORM = InstrumentForm(
    "direction",
    "direction-document",
    "Direction",
    {"sos-education": "Direction", "sos-hclg": "Direction"},
)


def read(tree: Tree) -> Candidate:
    """Return the candidate record of a direction.

    Raises: UnreadableDocument if no council of the register is named.
    """
    return read_instrument(tree, _FORM)


KIND = DocumentKind("direction", "statutory direction", read_tree, read)
