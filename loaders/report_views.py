"""Make a view of a report from another one: with words put better, or without some of its lines."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable

from loaders.reading_view import View


def changed(view: View, pattern: re.Pattern[str], better: Callable[[str], str]) -> View:
    """Return a view with what a pattern matches put better."""
    parts: list[str] = []
    origin: list[int] = []
    place = 0
    for match in pattern.finditer(view.text):
        start, end = match.span()
        words = better(match[0])
        if match[0] and not view.text[max(0, start - 1) : start].isalnum():
            words = words.lstrip(" ")
        if match[0] and not view.text[end : end + 1].isalnum():
            words = words.rstrip(" ")
        if words == match[0]:
            continue
        parts += [view.text[place:start], words]
        origin += view.origin[place:start]
        last = max(end - 1, start)
        near = min(last, len(view.text) - 1)
        origin += [
            view.origin[near if number == len(words) - 1 else min(start + number, near)]
            for number in range(len(words))
        ]
        place = end
    if not parts:
        return view
    parts.append(view.text[place:])
    return View(view.fixed, "".join(parts), (*origin, *view.origin[place:]))


def without(view: View, ranges: Iterable[tuple[int, int]], kept: re.Pattern[str]) -> View:
    """Return a mended view without some ranges of the fixed text, unless they hold what is kept.

    In: the ranges, in order.
    """
    text: list[str] = []
    origin: list[int] = []
    place = 0
    for first, last in [*ranges, (len(view.fixed), len(view.fixed))]:
        start = bisect_left(view.origin, first)
        end = bisect_left(view.origin, last)
        if start < place or (end > start and kept.search(view.text[start:end])):
            continue
        part = view.text[place:start]
        begin = place
        if text and text[-1].endswith(" "):
            begin += len(part) - len(part.lstrip(" "))
        elif text and part and not part.startswith(" "):
            text.append(" ")
            origin.append(view.origin[place])
        if start > begin:
            text.append(view.text[begin:start])
            origin += view.origin[begin:start]
        place = end
    return View(view.fixed, "".join(text), origin)
