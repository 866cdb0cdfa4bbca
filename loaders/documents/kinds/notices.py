"""An improvement notice or a best value notice: it asks for much, and has no force of law."""

from loaders.documents.facts.directions.written_instrument import InstrumentForm, read_instrument
from loaders.documents.kinds.recognition import DocumentKind
from loaders.documents.layout.numbered_tree import Tree, read_tree
from loaders.documents.record.candidate import Candidate

# Notices are letters or set out as such; a record has no other kind of document for them.
_FORM = InstrumentForm(
    "notice",
    "letter",
    "Notice",
    {"sos-education": "ImprovementNotice", "sos-hclg": "BestValueNotice"},
)


def read(tree: Tree) -> Candidate:
    """Return the candidate record of a notice.

    Raises: UnreadableDocument if no council of the register is named.
    """
    return read_instrument(tree, _FORM)


KIND = DocumentKind("notice", "improvement notice or best value notice", read_tree, read)
