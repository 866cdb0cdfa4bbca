"""What an item asks and of whom, and what words before a list say of the items in it."""

from __future__ import annotations

from dataclasses import dataclass

from loaders.documents.clauses.frames import Clause
from loaders.documents.layout.blocks import Block

Said = tuple[Block, int, int]
"""Where words stand that say who is bound, if they are not the item's own."""


@dataclass(frozen=True)
class Bound:
    """What one item, or one sentence without a number, asks.

    In: `frame` is binds, or moves where it names a function that passes to others; `bearer` the
    kind of who is bound; `lead` the words before the list that it stands in, if any; `rule` the
    rule that says so; `is_own` whether the item's own words do.
    """

    block: Block
    frame: str
    bearer: str
    rule: str
    is_own: bool
    lead: Block | None = None
    is_tabled: bool = False
    is_certain: bool = True
    said: Said | None = None


@dataclass(frozen=True)
class Scope:
    """What words before a list, or a heading, say of the items after them."""

    frame: str
    bearer: str
    rule: str
    lead: Block | None = None
    is_list: bool = True
    said: Said | None = None


def scope_of(clause: Clause, block: Block, is_list: bool = True) -> Scope:
    """Return what a clause says of the items after it."""
    said = (block, clause.start, clause.does)
    return Scope(clause.frame, clause.bearer, clause.rule, block, is_list, said)
