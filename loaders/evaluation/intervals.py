"""How sure a share is that was counted on few things."""

from math import sqrt

_DEVIATIONS = 1.96
"""Standard deviations of a normal distribution within which 95 in 100 lie."""


def interval(right: int, counted: int) -> tuple[float, float]:
    """Return the interval in which a share lies with 95 in 100, by Wilson's formula.

    >>> [round(end, 2) for end in interval(9, 10)]
    [0.6, 0.98]
    """
    if not counted:
        return 0.0, 1.0
    share, spread = right / counted, _DEVIATIONS**2 / counted
    middle = (share + spread / 2) / (1 + spread)
    half = _DEVIATIONS / (1 + spread) * sqrt(share * (1 - share) / counted + spread / 4 / counted)
    return max(0.0, middle - half), min(1.0, middle + half)
