"""Find the date of a direction: in its signature, else at its head, else in what a letter tells."""

from __future__ import annotations

import re

from loaders.blocks import TELLS, Block
from loaders.dates_in_text import DateFound, blank_dates, dates_in

NOT_SIGNED = re.compile(
    r"\W*(?:(?:last |first )?(?:updated|published|printed|received|reviewed)|©)", re.IGNORECASE
)
HEAD_DATE = re.compile(
    r"\W*(?:(?:date(?: of (?:issue|signature|(?:this |the )?directions?))?|dated|made|given|issued"
    r"|signed)(?: on)?\W*)?",
    re.IGNORECASE,
)
HEAD_LABEL = re.compile(
    r"(?:^|\s)(?:date of (?:issue|signature|(?:this |the )?directions?)|dated?|made|given|issued"
    r"|signed)(?: on)?\s*:\s*$",
    re.IGNORECASE,
)


def date_of(blocks: list[Block]) -> tuple[Block, DateFound] | None:
    """Return the date of a direction, which may be blank, and the block that holds it."""
    signature = [block for block in blocks if block.section == "signature"]
    return signature_date(signature) or head_date(blocks) or told_date(blocks)


def signature_date(signature: list[Block]) -> tuple[Block, DateFound] | None:
    """Return the date of a signature, which may be blank, and the block that holds it."""
    own = [block for block in signature if not NOT_SIGNED.match(block.text)]
    found = [(block, one) for block in own for one in dates_in(block.view)]
    days = [pair for pair in found if pair[1].is_day or pair[1].candidates]
    blank = [(block, one) for block in own for one in blank_dates(block.view)]
    # A month by itself may be all that is printed around a day that nobody filled in.
    months = [pair for pair in found if pair[1].edtf]
    return next(iter([*days, *blank, *months]), None)


def head_date(blocks: list[Block]) -> tuple[Block, DateFound] | None:
    """Return the date that stands by itself at the head of a document that is not signed."""
    for block in blocks:
        if block.section != "title" or block.item.is_numbered:
            continue
        for found in dates_in(block.view):
            before, after = block.text[: found.start], block.text[found.end :].strip(" .")
            alone = not after and HEAD_DATE.fullmatch(before)
            if found.is_day and (alone or HEAD_LABEL.search(before)):
                return block, found
    return None


def told_date(blocks: list[Block]) -> tuple[Block, DateFound] | None:
    """Return the date of the directions that a memorandum explains."""
    for block in blocks:
        told = TELLS.search(block.text)
        if told and "today" in told[0].casefold():
            return _first_at_end(blocks[: blocks.index(block)])
        for found in block.dates if told and "circumstances" in told[0].casefold() else ():
            if told and found.is_day and told.end() < found.start and found.lead != "until":
                return block, found
    return None


def _first_at_end(blocks: list[Block]) -> tuple[Block, DateFound] | None:
    """Return the first day that ends a line of a letterhead, as that of the letter does."""
    for block in blocks:
        for found in block.dates:
            if found.is_day and not block.text[found.end :].strip(" ."):
                return block, found
    return None
