"""List the words and phrases of inspection reports that may be mended where they are broken."""

from __future__ import annotations

VOCABULARY = (
    "inspection inspections re-inspection inspector published reporting lead judgement "
    "judgements grade outcome outcomes report dates impact leaders social work practice with "
    "children families experiences experience progress need help protection care leavers "
    "looked after achieving permanence adoption performance leadership management governance "
    "overall effectiveness effective services service local authority arrangements "
    "safeguarding protect requires require improvement good outstanding inadequate adequate "
    "judged capacity quality provision people that young carers provided fostering agency "
    "monitoring visit focused council county borough joint targeted "
)
PHRASES = (
    "the impact of leaders on social work practice with children and families",
    "the impact of leaders on practice with children and families",
    "the experiences and progress of children who need help and protection",
    "the experiences and progress of children in care and care leavers",
    "the experiences and progress of children in care",
    "the experiences and progress of care leavers",
    "experiences and progress of care leavers",
    "children who need help and protection",
    "children looked after and achieving permanence",
    "leadership, management and governance",
    "services for children in need of help and protection",
    "children looked after and care leavers",
    "adoption performance",
    "overall effectiveness",
    "requires improvement to be good",
    "requires improvement",
    "require improvement",
    "local authority children's services",
    "children's social care services",
    "children's services",
    "the overall judgement is",
    "inspection dates",
    "inspection date",
    "report published",
    "inspection of",
    "lead inspector",
    "his majesty's inspector",
    "her majesty's inspector",
    "judgement grade",
)

WORDS_OF_THEIR_OWN = frozenset(
    [
        "bridge",
        "burn",
        "by",
        "car",
        "end",
        "gate",
        "ham",
        "harm",
        "head",
        "king",
        "land",
        "minster",
        "mouth",
        "net",
        "on",
        "pool",
        "port",
        "row",
        "ton",
        "wall",
        "ward",
        "way",
        "well",
    ]
)
"""Words that a name of a place may end with: what stands before one is a word of its own."""

TWO_WORDS = frozenset({"over all", "out come", "out comes", "in adequate", "re port", "re ported"})
"""Words that may stand beside each other, and are no word with a gap."""
