"""Read the words of the genre through slips of text recognition: Govemment, Counci1, sect1on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from loaders.documents.text.numbers import digits

_LIKE_OTHERS = """
into onto unto within beat bean heat noon anon mayor maybe toby instate understate modem modems
ashe asher mayan isis orin asocial anthem reformat parton
"""
_BEGIN_OTHERS = "after an as at be by for from in no not on to under will with"
_END_OTHERS = "an or"
_ALWAYS_WHOLE = """
january february march april june july august september october november december section sections
subsection subsections paragraph paragraphs annex accordance pursuant council councils secretary
ofsted commissioner commissioners england children government borough authority addition behalf
request progress education follows respect relation exercise
"""
_STAND_BESIDE = """
more over standing there where here out off per up down back care form half ice son way ever able
one two head hand work day time end use man men side some thing body self
"""

_ONE_WORD = frozenset(_LIKE_OTHERS.split())
"""Words that only look like two small ones, or like another word misread."""

_BEGINNINGS = frozenset(_BEGIN_OTHERS.split())
"""Small words that other words begin with: undersigned, incomplete, forgiven, willpower."""

_ENDINGS = frozenset(_END_OTHERS.split())
"""Small words that other words end with: governor, publican."""

_BEGUN_BY_NONE = frozenset(_ALWAYS_WHOLE.split())
"""Words that no other word is made of by setting one of those beginnings before them."""

_BESIDE = frozenset(_STAND_BESIDE.split())
"""Words that stay apart where they stand beside each other: more over, there after."""


_WORDS = """
access accordance acting action actions act acts adequate administrative adviser advisers advisory
after agree allow amended amenities annex annual annually another appointed april areas arrangements
article attend august authorities authority basis because before behalf best between borough
britain cabinet carried carry cease ceases central chief child children city civil clause commence
commences commissioner commissioners communities company complete comply conditions conduct
conferred consequence considered considers continue continues cooperate corporate council councils
county crown date dated day days december decision delivery department develop direct directed
direction directions director directs document documents duty earlier education effect effective
eight employee employees end england ensure establish every executive exercise exercised exercises
expedient expire expires failing failings failure february fee final finance financial findings
first following follows for force four from function functions furnish further give given gives
governance government group having hereby housing implement implementation improvement inadequate
including independent inspection inspector instructions interim intervals into issue issued issues
january july june later lead leader learning levelling local london made majesty making managing
march may meeting meetings member members metropolitan minister ministry monitor month monthly
months moreover national necessary nine nominated nomination nominations not notice november
october office officer officers ofsted operative order ordinary outstanding paragraph parliament
part partner partnership perform performance person persons plan plans powers power premises
prepare previous progress provide provided provision provisions publish published pursuant quarter
quarterly reasonable receive recommendations regular remain remains replaced report reported
reporting reports representations require required requirement requirements requires respect
review revised revoke revoked revokes satisfied schedule scrutiny secretary section sections secure
senior september servant service services set seven shall signed six skills social special staff
standard state statement statutory strategic subsection subsections substituted support take takes
ten terms the therefore thereafter third this three trust twelve two under unitary unless until up
urgent value varied varies vary week weekly weeks well were whereas which with within working year
years return returns internal external concern concerns concerned governed govern modern learn
turn hereinafter reference reform regard relating relation role rights safeguarding send inform
information initial inquiry in is it if of on or to at by as an and be he her his its no that their
them they these those was will would looked care protection childcare adoption leavers needs
disabilities families schools training levels undertake undertakes intake inaction indirect asset
today persona onset inset assigned insecure undervalue underperform ineffective incorporate behave
onto unto whole without now
"""
_SMALL = """
an and any are as at be been by dated each every for from has have he her his in into is it its may
must no not of on or section shall she state such than that the their them these this those to under
until was were will with within
"""
_LITTLE = frozenset(_SMALL.split())
"""Words that text recognition joins to the word beside them."""

_SHORTEST_PART = 4
"""Letters that a word must have for another to be parted from it."""

_SKELETON = str.maketrans({"1": "l", "i": "l", "|": "l", "0": "o", "5": "s", "8": "b", "v": "y"})
_TOKEN = re.compile(r"[A-Za-z0-9|]+")
_DIGITS = re.compile(r"(?=[lIO]*\d)(?=\d*[lIO])[\dlIO]{2,4}(?:st|nd|rd|th)?")
_LONE_DIGIT = re.compile(r"[A-Za-z]*[A-Za-z0][a-z]*(?:(?<=[a-z])[01](?=[a-z])[a-z]*)+|0[a-z]{3,}")
_LONE_ZERO = re.compile(r"(?=.{4})[A-Z]*(?:0[A-Z]+)+")
_LIKE_LETTERS = str.maketrans({"1": "l", "0": "o"})
_CAPITAL_WITHIN = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z]{2})")
_KEPT_WHOLE = re.compile(r"(?:Mc|Mac|De|Di|Le|La|Du|Fitz|Van|O)[A-Z]")
_LETTERS_AND_DIGITS = re.compile(r"(?P<word>[A-Za-z]{2,})(?P<number>\d[\dA-Za-z]*)")
_DIGITS_AND_LETTERS = re.compile(r"(?P<number>\d{1,2}(?:st|nd|rd|th)?|\d{4})(?P<word>[A-Za-z]{2,})")


@cache
def _words() -> frozenset[str]:
    """Return the words of the genre, in small letters."""
    return frozenset(_WORDS.split()) | _LITTLE


@cache
def _by_skeleton() -> dict[str, str]:
    """Return the words of the genre by what text recognition cannot tell apart in them."""
    return {_skeleton(word): word for word in sorted(_words())}


def _skeleton(word: str) -> str:
    """Return a word with everything alike that text recognition takes for one another."""
    return word.casefold().translate(_SKELETON).replace("rn", "m")


@cache
def mended(token: str) -> str:
    """Return a word as it was meant, parted where it is two; itself if nothing speaks for more.

    >>> mended("Govemment"), mended("0ctober"), mended("2O18"), mended("theSecretary")
    ('Government', 'October', '2018', 'the Secretary')
    """
    if _DIGITS.fullmatch(token):
        return digits(token)
    if token.casefold() in _words() | _ONE_WORD or token.isdecimal():
        return token
    known = _by_skeleton().get(_skeleton(token))
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
    """Return a word in the case of a token that stands for it."""
    letters = [one for one in token if one.isalpha() and one not in "lI"]
    if len(letters) > 1 and all(one.isupper() for one in letters):
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
    if len(with_article) > _SHORTEST_PART + 1 and with_article.casefold() in _words():
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
    return min(map(len, low)) > _SHORTEST_PART and set(low) <= _words()


def _plain(token: str) -> str:
    """Return a word of the genre that a token may stand for, in small letters."""
    return _by_skeleton().get(_skeleton(token), "")


def _is_word(text: str) -> bool:
    """Return whether letters are a word of the genre, perhaps misread."""
    return text.isalpha() and mended(text).casefold() in _words()


def _joined(little: str, word: str) -> bool:
    """Return whether one part is a small word, and the other a longer one of the genre."""
    if little.casefold() not in _LITTLE or len(word) < _SHORTEST_PART:
        return False
    known = _by_skeleton().get(_skeleton(word))
    return known is not None and (word.casefold() == known or _may_stand_for(word, known))


def changes_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the range of each misread word of a text, and what it was meant to be."""
    previous: re.Match[str] | None = None
    for match in _TOKEN.finditer(text):
        if previous is not None and _is_broken(text, previous, match):
            yield previous.start(), match.end(), previous[0] + match[0]
            previous = None
            continue
        yield from _change(previous)
        previous = match
    yield from _change(previous)


def _change(match: re.Match[str] | None) -> Iterator[tuple[int, int, str]]:
    """Yield what a token was meant to be, if that is not what it is."""
    if match is not None:
        meant = mended(match[0])
        if meant != match[0]:
            yield match.start(), match.end(), meant


def _is_broken(text: str, first: re.Match[str], second: re.Match[str]) -> bool:
    """Return whether two pieces are one longer word with a space in it."""
    whole = (first[0] + second[0]).casefold()
    # A capital that stands off, as in S igned, is no word unless it is A or I.
    lone = len(first[0]) == 1 and first[0].isupper() and first[0] not in "AI"
    least = _SHORTEST_PART + 2 if lone else 2 * _SHORTEST_PART - 1
    if len(whole) < least or whole not in _words():
        return False
    if text[first.end() : second.start()] != " " or not second[0][:1].islower():
        return False
    return not {first[0].casefold(), second[0].casefold()} <= _words() | _BESIDE
