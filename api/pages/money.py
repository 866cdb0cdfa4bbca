"""Exceptional financial support by year: as first told, and as told last."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.pages.days import day_words
from api.pages.entries import Column
from api.views.serialisers import Json

_MILLION = 1_000_000
# takes: "£6520000 for 2024-25, revised"
# leaves: "£46.3 million"
_SUM = re.compile(r"£([0-9]{4,})(?![0-9.])")


@dataclass(frozen=True)
class Year:
    """The support for one year: each version of it in the order of the days it was told."""

    year: str
    sums: Sequence[Mapping[str, Json]]

    @property
    def first(self) -> Mapping[str, Json]:
        """The sum as first told."""
        return self.sums[0]

    @property
    def latest(self) -> Mapping[str, Json]:
        """The sum as told last."""
        return self.sums[-1]

    @property
    def is_revised(self) -> bool:
        """Whether the sums differ."""
        return len({one["amount_gbp"] for one in self.sums}) > 1


def pounds(amount_gbp: float | None) -> str:
    """Return a sum as people say it.

    >>> pounds(61_700_000), pounds(46_325_000), pounds(1_100), pounds(None)
    ('£61.7 million', '£46.3 million', '£1,100', 'no sum told')
    """
    if amount_gbp is None:
        return "no sum told"
    if amount_gbp >= _MILLION:
        return f"£{amount_gbp / _MILLION:,.1f} million".replace(".0 million", " million")
    return f"£{amount_gbp:,.0f}" if amount_gbp == int(amount_gbp) else f"£{amount_gbp:,}"


def sums_in_words(text: str) -> str:
    """Return a text in which each sum in pounds is written as people say it.

    >>> sums_in_words("£6520000 for 2024-25, revised")
    '£6.5 million for 2024-25, revised'
    """
    return _SUM.sub(lambda found: pounds(int(found[1])), text)


def years_of(sums: Sequence[Mapping[str, Json]]) -> list[Year]:
    """Return the support of a council by year, the newest year first.

    In: its sums; one that supersedes another stands after it, else they stand by the day on which
    they were told.
    """
    by_year: dict[str, list[Mapping[str, Json]]] = {}
    for one in sums:
        by_year.setdefault(one["year"] or "year not stated", []).append(one)
    ordered = {year: sorted(several, key=_order) for year, several in by_year.items()}
    return [Year(year, ordered[year]) for year in sorted(ordered, reverse=True)]


def _order(one: Mapping[str, Json]) -> tuple[bool, bool, str, float]:
    is_last = one["superseded_by"] is None
    return is_last, one["supersedes"] is not None, one["stated_on"] or "", -(one["amount_gbp"] or 0)


def latest_total_gbp(years: Sequence[Year]) -> float:
    """Return the sum of the figures as told last, one for each year."""
    return float(sum(year.latest["amount_gbp"] or 0 for year in years))


def columns_of(years: Sequence[Year]) -> list[Column]:
    """Return a column for each year that has a sum."""
    return [_column(year) for year in reversed(years) if _is_drawn(year)]


def _is_drawn(year: Year) -> bool:
    has_sum = any(one["amount_gbp"] for one in year.sums)
    return has_sum and year.year[:4].isdigit()


def _column(year: Year) -> Column:
    first, latest = (float(one["amount_gbp"] or 0) for one in (year.first, year.latest))
    label = f"{latest / _MILLION:,.0f}" if latest >= _MILLION else f"{latest / _MILLION:,.1f}"
    told = f", first told as {pounds(year.first['amount_gbp'])}" if year.is_revised else ""
    stated = day_words(year.latest["stated_on"])
    since = f", told on {stated}" if stated else ""
    title = f"{year.year}: {pounds(year.latest['amount_gbp'])}{told}{since}"
    return Column(int(year.year[:4]), label, first, latest, title, year.is_revised)
