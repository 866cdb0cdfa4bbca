"""Mend words of inspection reports that a PDF or text recognition has split, joined or misread."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from data.councils.register import read_register
from loaders.documents.text.date_parts import MONTH_NAME, MONTH_NUMBERS
from loaders.documents.text.numbers import digits
from loaders.documents.text.view import View


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


_VOCABULARY = (
    "inspection inspections re-inspection inspector published reporting lead judgement "
    "judgements grade outcome outcomes report dates impact leaders social work practice with "
    "children families experiences experience progress need help protection care leavers "
    "looked after achieving permanence adoption performance leadership management governance "
    "overall effectiveness effective services service local authority arrangements "
    "safeguarding protect requires require improvement good outstanding inadequate adequate "
    "judged capacity quality provision people that young carers provided fostering agency "
    "monitoring visit focused council county borough joint targeted "
)
_PHRASES = (
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

_WORDS_OF_THEIR_OWN = frozenset(
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

_TWO_WORDS = frozenset({"over all", "out come", "out comes", "in adequate", "re port", "re ported"})
"""Words that may stand beside each other, and are no word with a gap."""


_MISREAD: dict[str, str] = {
    "i": "[i1l|!]",
    "l": "[l1i|]",
    "o": "[o0]",
    "m": "(?:m|rn|nn)",
    "e": "[ec]",
    "c": "[ce]",
    "g": "[gq9]",
    "s": "[s5]",
    "d": "(?:d|cl)",
    "b": "[b6]",
    "'": "'?",
}
"""What text recognition may make of a letter."""

_WORDS = re.findall(r"\S+", _VOCABULARY)
_MONTHS = [name for name in MONTH_NUMBERS if len(name) > 3]
_MOST_LETTERS = 2
_SHORTEST_NAME = 5
_GAP = r"(?<![A-Za-z])(?=[A-Z][a-z]* [a-z])"
_FEWEST_SPACES = 0.09
"""Share of spaces below which a text has lost the most of them."""


def mended(view: View) -> View:
    """Return a view with its words mended.

        >>> from loaders.documents.text.numbers import digits
    from loaders.documents.text.view import view_of
        >>> text = "Overalleffectiveness lnadequate, 1 9 June 2019"
        >>> mended(view_of(text, [(0, len(text))])).text
        'Overall effectiveness Inadequate, 19 June 2019'
    """
    for pattern, better in _changes(view.text.count(" ") < _FEWEST_SPACES * len(view.text)):
        view = changed(view, pattern, better)
    return view


@cache
def _changes(glued: bool) -> tuple[tuple[re.Pattern[str], Callable[[str], str]], ...]:
    """Return what is changed and how; in a text without spaces also where words meet."""
    flags = re.IGNORECASE
    meeting = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[.,:])(?=[A-Za-z])")
    phrases = "|".join(" ?".join(map(re.escape, one.split())) for one in _PHRASES)
    months = "|".join(map(_loose, _MONTHS))
    changes: list[tuple[re.Pattern[str], Callable[[str], str]]] = [
        *([(meeting, _space)] if glued else []),
        (
            re.compile(rf"(?<![A-Za-z])(?:{'|'.join(map(_loose, _WORDS))})(?![A-Za-z])", flags),
            _word,
        ),
        (re.compile(phrases, flags), _phrase),
        (re.compile(rf"(?<![A-Za-z])(?:{months})(?![a-z])", flags), _word),
        (re.compile(rf"(?<=\d)(?=(?:to|and)\d|(?:{MONTH_NAME}))", flags), _space),
        (re.compile(rf"(?<=\d )to(?=\d)|(?<![A-Za-z])(?:{MONTH_NAME})(?=\d)", flags), _spaced),
        (re.compile(rf"(?<![\w/.])[12] \d(?= (?:{MONTH_NAME}|to \d))", flags), _joined),
        (re.compile(rf"(?<![\w/.])3 [01](?= (?:{MONTH_NAME}))", flags), _joined),
        (re.compile(rf"(?<![\w/.])[lI]\d(?= (?:{MONTH_NAME}|to \d))"), _digits),
        (
            re.compile(
                rf"(?<![A-Za-z])(?:{MONTH_NAME}) 2 ?[0O] ?[\dOlI] ?[\dOlI](?![\dA-Za-z])", flags
            ),
            _year,
        ),
        (re.compile(r"(?<![\d/])\d ?\d? ?/ ?\d ?\d? ?/ ?(?:2 ?0 ?)?\d ?\d(?![\d/])"), _joined),
        (re.compile(r"children(?: '|' ) ?s\b", flags), _joined),
        (re.compile(rf"{_GAP}(?:{'|'.join(map(_gapped, _places()))})(?![A-Za-z])"), _place),
    ]
    return tuple(changes)


def _letters(word: str) -> Iterator[str]:
    """Yield what each letter of a word may be read as."""
    for letter in word:
        yield _MISREAD.get(letter, re.escape(letter))


def _loose(word: str) -> str:
    """Return the pattern of a word, of which letters may be misread and one gap may be within."""
    return " ?".join(_letters(word))


@cache
def _places() -> tuple[str, ...]:
    """Return the words of the names of councils with children's services, the longest first."""
    bodies = [one for one in read_register().councils if one.is_upper_tier]
    names = {word for one in bodies for word in re.findall(r"[A-Z][a-z]+", one.row.short_name)}
    return tuple(
        sorted((one for one in names if len(one) >= _SHORTEST_NAME), key=len, reverse=True)
    )


def _gapped(word: str) -> str:
    """Return the pattern of a word with one gap in it."""
    return "|".join(f"{word[:place]} {word[place:]}" for place in range(1, len(word)))


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return each word with its pattern."""
    return tuple((one, re.compile(_loose(one), re.IGNORECASE)) for one in [*_WORDS, *_MONTHS])


@cache
def _word(printed: str) -> str:
    """Return the word that is meant, in the case that is printed."""
    plain = printed.replace(" ", "").casefold()
    if plain in _WORDS or plain in _MONTHS:
        # In adequate housing is not inadequate housing.
        several = printed.count(" ") != 1 or printed.casefold() in _TWO_WORDS
        return printed if several else printed.replace(" ", "")
    for word, pattern in _patterns():
        if pattern.fullmatch(printed) and _near(word, plain) and printed.count(" ") <= 1:
            upper = printed.upper() == printed and sum(map(str.isupper, printed)) > 1
            capital = printed[0].isupper() or (printed[0] in "0l1|5" and _capital(word, printed))
            return word.upper() if upper else word.capitalize() if capital else word
    return printed


def _capital(word: str, printed: str) -> bool:
    """Return whether the sign read for the first letter stands for a capital."""
    return (word[0], printed[0]) in {("i", "l"), ("o", "0"), ("s", "5"), ("i", "1"), ("i", "|")}


def _near(word: str, plain: str) -> bool:
    """Return whether few letters are misread."""
    if len(word) != len(plain):
        return abs(len(word) - len(plain)) == 1
    return sum(one != two for one, two in zip(word, plain, strict=True)) <= _MOST_LETTERS


def _phrase(printed: str) -> str:
    """Return a phrase with its spaces."""
    plain = printed.replace(" ", "").casefold()
    phrase = next(one for one in _PHRASES if one.replace(" ", "") == plain)
    if phrase == printed.casefold():
        return printed
    letters = iter(printed.replace(" ", ""))
    spaced = "".join(" " if one == " " else next(letters) for one in phrase)
    return f" {spaced} "


def _space(_printed: str) -> str:
    """Return the space that is missing between two words."""
    return " "


def _spaced(printed: str) -> str:
    """Return a word with the space that is missing after it."""
    return f"{printed} "


def _joined(printed: str) -> str:
    """Return digits without gaps."""
    return printed.replace(" ", "")


def _place(printed: str) -> str:
    """Return a place without the gap in its name, unless two words that are right may stand there.

    The South end of a town is not Southend.
    """
    second = printed.partition(" ")[2]
    return printed if second in _WORDS_OF_THEIR_OWN else printed.replace(" ", "")


def _digits(printed: str) -> str:
    """Return the digits that letters were read for."""
    return digits(printed)


def _year(printed: str) -> str:
    """Return a month and a year without a gap in the year."""
    month, _, year = printed.partition(" ")
    return f"{month} {digits(year.replace(' ', '').replace('i', '1'))}"
