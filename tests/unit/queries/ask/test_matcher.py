"""A question is answered only where its time can be."""

from datetime import date

import pytest

from queries.ask.matcher import NotUnderstood, Understood, understand
from queries.ask.names import Names
from queries.search.matcher import CouncilMatcher

_ASKED = "Which inspections were"
_NAMES = Names(CouncilMatcher(()))
_TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    "said",
    ["between 2019 and 2018", "from 5 March 2020 to 4 March 2020", "after 31 December 2026"],
)
def test_a_time_that_no_day_is_in_is_no_time(said: str) -> None:
    """Whoever asks, an empty answer would look as if nothing had happened."""
    assert isinstance(understand(f"{_ASKED} between 2018 and 2019?", _NAMES, _TODAY), Understood)
    assert isinstance(understand(f"{_ASKED} {said}?", _NAMES, _TODAY), NotUnderstood)
