"""Read the rows of tables of duties: which words head the columns, and whom a cell names."""

from dataclasses import replace

from loaders.documents.clauses.bound import Scope
from loaders.documents.clauses.frames import COUNCIL, OFFICE, OTHER
from loaders.documents.clauses.marks import BEARERS, kinds_in, marked_words
from loaders.documents.layout.blocks import Block, DocumentReading
from loaders.documents.text import patterns_beside

_PATTERNS = patterns_beside(__name__)
_TABLE_HEAD = _PATTERNS["table-head"]
_LIMIT_HEAD = _PATTERNS["limit-head"]
_WHO_HEAD = _PATTERNS["who-head"]
_OF_COUNCIL = _PATTERNS["of-council"]


def heads_table(block: Block) -> bool:
    """Return whether words are the heads of columns, of which one says by when or by whom."""
    cells = [block.text[start:end].strip() for start, end in block.cells]
    heads = any(_LIMIT_HEAD.fullmatch(cell) or _WHO_HEAD.fullmatch(cell) for cell in cells)
    return bool(_TABLE_HEAD.fullmatch(block.text)) or (len(cells) > 1 and heads)


def who_column(block: Block) -> int:
    """Return which column says who is bound, counted from the last as 1; 0 if none does.

    Counted from the end, as the number of a row is its label and none of its cells.
    """
    cells = [block.text[start:end].strip() for start, end in block.cells]
    heads = [number for number, cell in enumerate(cells) if _WHO_HEAD.fullmatch(cell)]
    return len(cells) - heads[0] if heads else 0


def scope_of_row(reading: DocumentReading, block: Block, otherwise: Scope, who: int) -> Scope:
    """Return what the words before a table say of a row, of whom its own cell says it."""
    if not 0 < who <= len(block.cells):
        return otherwise
    start, end = block.cells[-who]
    marked = marked_words(reading, block)[start:end]
    first = next((kind for _, _, kind in kinds_in(marked) if kind in {*BEARERS, OFFICE}), "")
    bearer = first or (COUNCIL if _OF_COUNCIL.search(marked) else OTHER)
    certain = bearer in BEARERS and otherwise.is_certain
    return replace(otherwise, bearer=bearer, said=(block, start, end), is_certain=certain)
