"""A letter by which a minister proposes an act and asks for views; nothing in it is in force."""

from loaders.documents.facts.directions.written_instrument import InstrumentForm, read_instrument
from loaders.documents.kinds.recognition import DocumentKind
from loaders.documents.layout.numbered_tree import Tree, read_tree
from loaders.documents.record.candidate import Candidate

_FORM = InstrumentForm(
    "letter",
    "letter",
    "Minded-to letter",
    {"sos-education": "MindedToLetter", "sos-hclg": "MindedToLetter"},
    proposed=True,
)


def read(tree: Tree) -> Candidate:
    """Return the candidate record of a letter that proposes an act.

    Raises: UnreadableDocument if no council of the register is named.
    """
    return read_instrument(tree, _FORM)


KIND = DocumentKind("minded-to-letter", "letter that proposes an act", read_tree, read)
