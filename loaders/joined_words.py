"""Ordinary words that only look as if text recognition had joined, parted or misread others."""

from __future__ import annotations

LIKE_OTHERS = """
into onto unto within beat bean heat noon anon mayor maybe toby instate understate modem modems
ashe asher mayan isis orin asocial anthem reformat parton
"""
BEGIN_OTHERS = "after an as at be by for from in no not on to under will with"
END_OTHERS = "an or"
ALWAYS_WHOLE = """
january february march april june july august september october november december section sections
subsection subsections paragraph paragraphs annex accordance pursuant council councils secretary
ofsted commissioner commissioners england children government borough authority addition behalf
request progress education follows respect relation exercise
"""
STAND_BESIDE = """
more over standing there where here out off per up down back care form half ice son way ever able
one two head hand work day time end use man men side some thing body self
"""

ONE_WORD = frozenset(LIKE_OTHERS.split())
"""Words that only look like two small ones, or like another word misread."""

BEGINNINGS = frozenset(BEGIN_OTHERS.split())
"""Small words that other words begin with: undersigned, incomplete, forgiven, willpower."""

ENDINGS = frozenset(END_OTHERS.split())
"""Small words that other words end with: governor, publican."""

BEGUN_BY_NONE = frozenset(ALWAYS_WHOLE.split())
"""Words that no other word is made of by setting one of those beginnings before them."""

BESIDE = frozenset(STAND_BESIDE.split())
"""Words that stay apart where they stand beside each other: more over, there after."""
