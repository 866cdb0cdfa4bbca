"""Which council a name means on the day that is asked about; and in words why it means none."""

from collections.abc import Collection

from queries.search.asked import read_period
from queries.search.councils import CouncilEntry, Period
from queries.search.matcher import CouncilMatcher, Match


def meant(matcher: CouncilMatcher, text: str, day: str | None = None) -> Match:
    """Return who is meant by a name, on the day of the question if the name comes without one.

    In: the day, or none; one that no calendar has is left to who reads it as a day.
    Out: of a register code the council that has it, which is the same on every day.
    """
    is_code = text.strip().upper() in matcher.entries
    return matcher.match(text, _period(day) if day and not is_code else None)


def is_taken(match: Match) -> bool:
    """Return whether it is sure who is meant, and that it is the one who was named.

    Whoever came after a council that had ended by the day is another one, and has to be asked for.
    """
    return match.entry is not None and not match.ended


def refusal(match: Match, offered: Collection[CouncilEntry]) -> str:
    """Return in words why a name is not taken for a council, and which there are."""
    named = "; ".join(one.described for one in offered)
    if match.ended and match.asked.period is not None and offered:
        gone = "; ".join(one.described for one in match.ended)
        return (
            f"names what had ended by {match.asked.period.words}: {gone}; after it came {named}; "
            "give the code of one"
        )
    if match.is_several and offered:
        return (
            f"may mean several councils: {named}; give the code of one, or a day with the name, "
            "such as Somerset, 2018"
        )
    nearest = f"; the nearest are {named}" if named else ""
    return f"names no council that the release knows{nearest}"


def _period(day: str) -> Period | None:
    try:
        return read_period(day)
    except ValueError:
        return None
