"""A row of a table as one line, so that what stands beside each other is read together."""

from collections.abc import Sequence

_CELL_END = "\t"
_LONGEST_CELL = 600
_MOST_PARAGRAPHS = 3


def row_text(cells: Sequence[Sequence[str]]) -> str:
    r"""Return the text of a row: its cells on one line, unless it only lays out a page.

    In: the paragraphs of each cell.

    >>> row_text([["1"], ["Publish", "a plan"], ["31 May 2019"]])
    '1\tPublish a plan\t31 May 2019'
    >>> row_text([["One", "Two", "Three", "Four"], ["Five"]])
    'One\nTwo\nThree\nFour\nFive'
    """
    filled = [[words.strip() for words in cell if words.strip()] for cell in cells]
    joined = [" ".join(cell) for cell in filled]
    lays_out = any(len(cell) > _MOST_PARAGRAPHS for cell in filled)
    if (
        lays_out
        or len([cell for cell in joined if cell]) < 2
        or max(map(len, joined)) > _LONGEST_CELL
    ):
        return "\n".join(words for cell in filled for words in cell)
    return _CELL_END.join(joined)
