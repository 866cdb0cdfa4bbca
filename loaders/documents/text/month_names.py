"""The names of months as documents print them, shortened and misspelt ones too."""

from __future__ import annotations

MONTH_NUMBERS: dict[str, int] = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6,
    "july": 7, "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7,
    "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
    "febuary": 2, "feburary": 2, "janurary": 1, "septmber": 9, "ocotber": 10,
}  # fmt: skip

MONTH = rf"(?:{'|'.join(sorted(MONTH_NUMBERS, key=len, reverse=True))})\b\.?"
"""Pattern of the name of a month, in any case."""
