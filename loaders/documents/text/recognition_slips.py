"""Mend the slips of text recognition: Govemment, Counci1, theSecretary, Go od, 1 9 June 2O19.

A rule reads a text and yields what to put in place of what; a view is mended by rules in turn.
Every text is read by one rule, which knows the words of the genre. The few words and phrases of
inspection reports stand in tables and headings, where no sentence helps; for them there are more.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache, partial

from data.councils.register import read_register
from loaders.documents.text import words_beside
from loaders.documents.text.numbers import MONTH_NAME, MONTH_NUMBERS, digits

Change = tuple[int, int, str]
"""The range of a slip in a text, and what was meant."""

Rule = Callable[[str], Iterable[Change]]

_LISTS: dict[str, str] = words_beside(__name__)


def _listed(name: str) -> frozenset[str]:
    return frozenset(_LISTS[name].split())


_LITTLE = _listed("small")
_WORDS = _listed("genre") | _LITTLE
_ONE_WORD, _BESIDE = _listed("whole"), _listed("beside")
_BEGINNINGS, _ENDINGS = _listed("beginnings"), _listed("endings")
_BEGUN_BY_NONE = _listed("begun_by_none")

_SHORTEST_PART = 4
"""Letters that a word must have for another to be parted from it."""

_SKELETON = str.maketrans({"1": "l", "i": "l", "|": "l", "0": "o", "5": "s", "8": "b", "v": "y"})
_TOKEN = re.compile(r"[A-Za-z0-9|]+")
_DIGITS = re.compile(r"(?=[lIO]*\d)(?=\d*[lIO])[\dlIO]{2,4}(?:st|nd|rd|th)?")
_LONE_DIGIT = re.compile(r"[A-Za-z]*[A-Za-z0][a-z]*(?:(?<=[a-z])[01](?=[a-z])[a-z]*)+|0[a-z]{3,}")
_LONE_ZERO = re.compile(r"(?=.{4})[A-Z]*(?:0[A-Z]+)+")
_LIKE_LETTERS = str.maketrans({"1": "l", "0": "o"})
_CAPITAL_WITHIN = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z]{2})")
_NAME_WORD = re.compile("[A-Z][a-z]*")
_KEPT_WHOLE = re.compile(r"(?:Mc|Mac|De|Di|Le|La|Du|Fitz|Van|O)[A-Z]")
_LETTERS_AND_DIGITS = re.compile(r"(?P<word>[A-Za-z]{2,})(?P<number>\d[\dA-Za-z]*)")
_DIGITS_AND_LETTERS = re.compile(r"(?P<number>\d{1,2}(?:st|nd|rd|th)?|\d{4})(?P<word>[A-Za-z]{2,})")


def _skeleton(word: str) -> str:
    """Return a word with everything alike that text recognition takes for one another."""
    return word.casefold().translate(_SKELETON).replace("rn", "m")


_BY_SKELETON = {_skeleton(word): word for word in sorted(_WORDS)}


@cache
def mended(token: str) -> str:
    """Return a word as it was meant, parted where it is two; itself if nothing speaks for more.

    >>> mended("Govemment"), mended("0ctober"), mended("2O18"), mended("theSecretary")
    ('Government', 'October', '2018', 'the Secretary')
    """
    if _DIGITS.fullmatch(token):
        return digits(token)
    if token.casefold() in _WORDS | _ONE_WORD or token.isdecimal():
        return token
    known = _BY_SKELETON.get(_skeleton(token))
    if known is not None and _may_stand_for(token, known):
        return _in_case_of(token, known)
    if _LONE_ZERO.fullmatch(token):
        return token.replace("0", "O")
    parts = _parted(token)
    if len(parts) == 1 and _LONE_DIGIT.fullmatch(token) and len(token) > _SHORTEST_PART:
        plain = token.translate(_LIKE_LETTERS)
        return plain.capitalize() if token[0] == "0" else plain
    return " ".join(parts)


def _may_stand_for(token: str, word: str) -> bool:
    """Return whether a token can be a misreading of a word, and not only another one like it."""
    low = token.casefold()
    if len(token) < _SHORTEST_PART - 1:
        return "0" in token and len(token) == len(word)
    if not token.isalpha() or re.search("(?<=[a-z])I", token):
        return True
    same = low.replace("rn", "m").replace("v", "y") == word.replace("rn", "m").replace("v", "y")
    return same or (word[0] == "i" and low == f"l{word[1:]}")


def _in_case_of(token: str, word: str) -> str:
    letters = [letter for letter in token if letter.isalpha() and letter not in "lI"]
    if len(letters) > 1 and all(map(str.isupper, letters)):
        return word.upper()
    small = token[0].islower() and not (token[0] == "l" and word[0] == "i")
    small = small or (token[0] in "1|" and word[0] == "l") or (token[0] == "0" and len(word) == 2)
    return word if small else word.capitalize()


def _parted(token: str) -> list[str]:
    """Return the words that a token without a space between them holds, each mended."""
    parts = _CAPITAL_WITHIN.split(token)
    if len(parts) > 1 and any(map(_is_word, parts)) and not _KEPT_WHOLE.match(token):
        return [mended(part) for part in parts]
    for pattern in (_LETTERS_AND_DIGITS, _DIGITS_AND_LETTERS):
        match = pattern.fullmatch(token)
        if match and _is_word(match["word"]):
            return [mended(part) for part in match.groups()]
    with_article = token[1:] if token[0] in "aA" else token[:-1] if token[-1] == "a" else ""
    if len(with_article) > _SHORTEST_PART + 1 and with_article.casefold() in _WORDS:
        return ["a", with_article] if token.endswith(with_article) else [with_article, "a"]
    for place in range(2, len(token) - 1):
        first, second = token[:place], token[place:]
        begins = first.casefold() not in _BEGINNINGS or _plain(second) in _BEGUN_BY_NONE
        ends = second.casefold() not in _ENDINGS
        joined = (begins and _joined(first, second)) or (ends and _joined(second, first))
        if joined or _both_long(first, second):
            return [mended(first), mended(second)]
    return [token]


def _both_long(first: str, second: str) -> bool:
    """Return whether two parts are longer words of the genre each, or small words both."""
    low = first.casefold(), second.casefold()
    if low[0] in _LITTLE and low[1] in _LITTLE:
        return f"{low[0]}{low[1]}" not in _ONE_WORD
    if low[0] in _BEGINNINGS and low[1] not in _BEGUN_BY_NONE:
        return False
    return min(map(len, low)) > _SHORTEST_PART and set(low) <= _WORDS


def _plain(token: str) -> str:
    return _BY_SKELETON.get(_skeleton(token), "")


def _is_word(text: str) -> bool:
    return text.isalpha() and mended(text).casefold() in _WORDS


def _joined(little: str, word: str) -> bool:
    """Return whether one part is a small word, and the other a longer one of the genre."""
    if little.casefold() not in _LITTLE or len(word) < _SHORTEST_PART:
        return False
    known = _BY_SKELETON.get(_skeleton(word))
    return known is not None and (word.casefold() == known or _may_stand_for(word, known))


@lru_cache(maxsize=4)
def is_recognised(text: str) -> bool:
    """Return whether a text has slips of recognition that can be no names.

    >>> is_recognised("Ms Ismay met the Govemment"), is_recognised("Ms Ismay met the Government")
    (True, False)
    """
    tokens = {match[0] for match in _TOKEN.finditer(text)}
    return any(
        mended(token) != token and not (_NAME_WORD.fullmatch(token) and " " in mended(token))
        for token in tokens
    )


def changes_in(text: str, recognised: bool = True) -> Iterator[Change]:
    """Yield the range of each misread word of a text, and what it was meant to be.

    In: whether the whole document has slips; without any, no word that may be a name is parted.
    """
    before: re.Match[str] | None = None
    previous: re.Match[str] | None = None
    for match in _TOKEN.finditer(text):
        if previous is not None and _is_broken(text, previous, match):
            yield previous.start(), match.end(), previous[0] + match[0]
            before, previous = match, None
            continue
        yield from _change(text, before, previous, match, recognised)
        before, previous = previous or before, match
    yield from _change(text, before, previous, None, recognised)


def _change(
    text: str,
    before: re.Match[str] | None,
    match: re.Match[str] | None,
    after: re.Match[str] | None,
    recognised: bool,
) -> Iterator[Change]:
    if match is None:
        return
    meant = mended(match[0])
    if meant == match[0]:
        return
    # Ismay Example and Jo Heron are no slips; "Forthe Norfolk" is one.
    surname = _is_beside_name(text, before, match)
    first_name = _is_beside_name(text, match, after) and not meant.endswith(" the")
    small = min(map(len, meant.split(" "))) <= _SHORTEST_PART
    named = not recognised or (small and (surname or first_name))
    if not (" " in meant and _NAME_WORD.fullmatch(match[0]) and named):
        yield match.start(), match.end(), meant


def _is_beside_name(text: str, first: re.Match[str] | None, second: re.Match[str] | None) -> bool:
    """Return whether two tokens can be names of one person, and the other is no known word."""
    if first is None or second is None or text[first.end() : second.start()] not in {" ", ". "}:
        return False
    both = first[0], second[0]
    return all(map(_NAME_WORD.fullmatch, both)) and not (
        {word.casefold() for word in both} & (_WORDS | _BESIDE | _LITTLE)
    )


def _is_broken(text: str, first: re.Match[str], second: re.Match[str]) -> bool:
    """Return whether two pieces are one longer word with a space in it."""
    whole = (first[0] + second[0]).casefold()
    # A capital that stands off, as in S igned, is no word unless it is A or I.
    lone = len(first[0]) == 1 and first[0].isupper() and first[0] not in "AI"
    least = _SHORTEST_PART + 2 if lone else 2 * _SHORTEST_PART - 1
    if len(whole) < least or whole not in _WORDS:
        return False
    if text[first.end() : second.start()] != " " or not second[0][:1].islower():
        return False
    return not {first[0].casefold(), second[0].casefold()} <= _WORDS | _BESIDE


_MISREAD: dict[str, str] = {
    "i": "[i1l|!]", "l": "[l1i|]", "o": "[o0]", "m": "(?:m|rn|nn)", "e": "[ec]", "c": "[ce]",
    "g": "[gq9]", "s": "[s5]", "d": "(?:d|cl)", "b": "[b6]", "'": "'?",
}  # fmt: skip
"""What recognition may make of a letter: more than is safe where any word may stand."""

_MONTHS = [name for name in MONTH_NUMBERS if len(name) > 3]
_REPORT_WORDS = [*_LISTS["report"].split(), *_MONTHS]
_PHRASES = _LISTS["phrases"].strip().split("\n")
_TWO_WORDS = frozenset(_LISTS["two_words"].strip().split("\n"))
_WORDS_OF_THEIR_OWN = _listed("own")
_MOST_LETTERS = 2
_SHORTEST_NAME = 5
_GAP = r"(?<![A-Za-z])(?=[A-Z][a-z]* [a-z])"
_FEWEST_SPACES = 0.09
"""Share of spaces below which a text has lost the most of them."""


def report_rules(text: str) -> tuple[Rule, ...]:
    """Return the rules for a report; where spaces are lost, one parts words where they meet."""
    return _report_rules(text.count(" ") < _FEWEST_SPACES * len(text))


@cache
def _report_rules(glued: bool) -> tuple[Rule, ...]:
    phrases = "|".join(" ?".join(map(re.escape, phrase.split())) for phrase in _PHRASES)
    words = "|".join(map(_loose, _LISTS["report"].split()))
    months = "|".join(map(_loose, _MONTHS))
    small: list[tuple[str, Callable[[str], str]]] = [
        *([(r"(?-i:(?<=[a-z])(?=[A-Z])|(?<=[.,:])(?=[A-Za-z]))", _space)] if glued else []),
        (rf"(?<![A-Za-z])(?:{words})(?![A-Za-z])", _word),
        (phrases, _phrase),
        (rf"(?<![A-Za-z])(?:{months})(?![a-z])", _word),
        # 9to 13 June, 13June
        (rf"(?<=\d)(?=(?:to|and)\d|(?:{MONTH_NAME}))", _space),
        (rf"(?<=\d )to(?=\d)|(?<![A-Za-z])(?:{MONTH_NAME})(?=\d)", "{} ".format),
        # 1 9 June, 3 0 June, June 2 O19, 1 9/0 6/2019
        (rf"(?<![\w/.])[12] \d(?= (?:{MONTH_NAME}|to \d))", _joined_up),
        (rf"(?<![\w/.])3 [01](?= (?:{MONTH_NAME}))", _joined_up),
        (rf"(?<![A-Za-z])(?:{MONTH_NAME}) 2 ?[0O] ?[\dOlI] ?[\dOlI](?![\dA-Za-z])", _year),
        (r"(?<![\d/])\d ?\d? ?/ ?\d ?\d? ?/ ?(?:2 ?0 ?)?\d ?\d(?![\d/])", _joined_up),
        (r"children(?: '|' ) ?s\b", _joined_up),
        (rf"(?-i:{_GAP}(?:{'|'.join(map(_gapped, _places()))})(?![A-Za-z]))", _place),
    ]
    return tuple(
        partial(_replacements, re.compile(pattern, re.IGNORECASE), better)
        for pattern, better in small
    )


def _replacements(
    pattern: re.Pattern[str], better: Callable[[str], str], text: str
) -> Iterator[Change]:
    for match in pattern.finditer(text):
        start, end = match.span()
        words = better(match[0])
        # Beside a space or a stop no other space is wanting.
        if match[0] and not text[max(0, start - 1) : start].isalnum():
            words = words.lstrip(" ")
        if match[0] and not text[end : end + 1].isalnum():
            words = words.rstrip(" ")
        if words != match[0]:
            yield start, end, words


def _loose(word: str) -> str:
    """Return the pattern of a word, of which letters may be misread and one gap may be within."""
    return " ?".join(_MISREAD.get(letter, re.escape(letter)) for letter in word)


@cache
def _places() -> list[str]:
    """Return the words of the names of councils with children's services, the longest first."""
    bodies = [body for body in read_register().councils if body.is_upper_tier]
    names = {word for body in bodies for word in re.findall(r"[A-Z][a-z]+", body.row.short_name)}
    return sorted((name for name in names if len(name) >= _SHORTEST_NAME), key=len, reverse=True)


def _gapped(word: str) -> str:
    return "|".join(f"{word[:place]} {word[place:]}" for place in range(1, len(word)))


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((word, re.compile(_loose(word), re.IGNORECASE)) for word in _REPORT_WORDS)


@cache
def _word(printed: str) -> str:
    plain = _joined_up(printed).casefold()
    if plain in _REPORT_WORDS:
        # In adequate housing is not inadequate housing.
        several = printed.count(" ") != 1 or printed.casefold() in _TWO_WORDS
        return printed if several else _joined_up(printed)
    for word, pattern in _patterns():
        if pattern.fullmatch(printed) and _near(word, plain) and printed.count(" ") <= 1:
            return _in_case_of(printed, word)
    return printed


def _near(word: str, plain: str) -> bool:
    """Return whether few letters are misread."""
    if len(word) != len(plain):
        return abs(len(word) - len(plain)) == 1
    return sum(map(str.__ne__, word, plain)) <= _MOST_LETTERS


def _phrase(printed: str) -> str:
    plain = _joined_up(printed).casefold()
    phrase = next(phrase for phrase in _PHRASES if _joined_up(phrase) == plain)
    if phrase == printed.casefold():
        return printed
    letters = iter(_joined_up(printed))
    spaced = "".join(" " if letter == " " else next(letters) for letter in phrase)
    return f" {spaced} "


def _space(_printed: str) -> str:
    return " "


def _joined_up(printed: str) -> str:
    return printed.replace(" ", "")


def _place(printed: str) -> str:
    """Return a name without its gap, unless what follows the gap is a word of its own."""
    second = printed.partition(" ")[2]
    return printed if second in _WORDS_OF_THEIR_OWN else _joined_up(printed)


def _year(printed: str) -> str:
    """Return a month and a year without a gap in the year."""
    month, _, year = printed.partition(" ")
    return f"{month} {digits(_joined_up(year).casefold().replace('i', 'l'))}"
