"""Find statutes and their provisions, and the terms that a document defines for itself."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from data.tables.table import ProvisionRow, StatuteRow, read_table
from loaders.documents.text import words_beside
from loaders.documents.text.numbers import roman
from loaders.documents.text.view import View
from ontology.dates import folded

# takes: "(hereinafter \"the Council\")"
# takes: "(together, 'the Directions')"
# leaves: "(the council)"
DEFINITION = re.compile(
    r"[(\[]\s*(?:(?:hereafter|hereinafter|together|collectively|referred to as|known as|each an?"
    r"|the),?\s*)*(?:\"(?P<double>[^\"()]{2,80})\"?|'(?P<single>[^\"()]{2,80}?)'?)\s*[)\]]",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:the|an?|these|those|this)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Definition:
    """A term and the range of its quotation; what it stands for comes before `opens`."""

    term: str
    opens: int
    start: int
    end: int

    @property
    def key(self) -> str:
        """The term as it is compared."""
        return term_key(self.term)


def term_key(term: str) -> str:
    """Return a term without its article, in lower case.

    >>> term_key("The 2018 Ofsted letter")
    '2018 ofsted letter'
    """
    return _ARTICLE.sub("", folded(term.strip(" \"'"))).strip(" \"'")


def definitions_in(view: View) -> Iterator[Definition]:
    """Yield the terms that a view defines; a closing quotation mark may be missing."""
    for match in view.find(DEFINITION):
        group = "double" if match["double"] else "single"
        term = match[group].strip()
        if term:
            yield Definition(term, match.start(), match.start(group), match.end(group))


_NUMBER = r"\d{1,3}(?:[A-Za-z]{1,3}\b|\s(?!(?:OF|TO|IN|OR)\b)(?-i:[A-Z]{1,2})\b)?"
_BRACKETS = r"(?:\s?\(\s?\w{1,4}\s?\))"
_ONE = rf"(?:{_NUMBER}{_BRACKETS}*|{_BRACKETS}+)"
_AND = r"\s*,\s*(?:and\s+|or\s+)?|(?:\s+|(?<=\)))(?:and|or|to|&)(?:\s+|(?=\())|\s?-\s?"
_LIST = rf"{_ONE}(?:(?:{_AND})(?:(?:under\s+)?(?:sub-?)?sections?\s*)?{_ONE})*"
# takes: "sections 15(5) and (6) of the Local Government Act 1999"
# takes: "s.497A"
# leaves: "the section on adoption"
_SECTIONS = re.compile(
    rf"\b(?:sub-?sections?|sections?|ss?\.)\s*(?P<list>{_LIST})"
    r"(?:,?\s*\b(?:of|to|in)\s+(?:the\s+)?(?=(?P<of>\S)))?",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\bpart\s+(?P<part>[IVX]{1,4}|\d{1,2}[A-Z]?)\s+of\s+(?:the\s+)?(?=(?P<of>\S))", re.IGNORECASE
)
_ELEMENT = re.compile(rf"(?P<number>{_NUMBER})?(?P<brackets>{_BRACKETS}*)")


@dataclass(frozen=True)
class ProvisionFound:
    """Provisions that one phrase cites: its range, their references, and their statute's title."""

    start: int
    end: int
    references: tuple[str, ...]
    title: str = ""


@dataclass
class Statutes:
    """The statutes of the reference data, and the terms by which one document calls them."""

    titles: Mapping[str, str]
    terms: dict[str, str] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)

    def learn(self, view: View) -> None:
        """Take in the statutes that a view names, and the terms that it defines for them."""
        low = view.text.casefold()
        self.named |= {statute for title, statute in self.titles.items() if title in low}
        for definition in definitions_in(view):
            if "act" not in definition.key.split():
                continue
            before = view.text[max(0, definition.opens - 120) : definition.opens].rstrip()
            for title, statute in self.titles.items():
                if before.casefold().endswith(title):
                    self.terms[definition.key] = statute

    def at(self, text: str, start: int) -> tuple[str, int] | None:
        """Return the statute named at a place, and where its name ends."""
        rest = text[start : start + 100]
        low = rest.casefold()
        for title, statute in self.titles.items():
            if low.startswith(title):
                return statute, start + len(title)
        for term, statute in sorted(self.terms.items(), key=lambda pair: -len(pair[0])):
            if low.startswith(term) and not low[len(term) : len(term) + 1].isalnum():
                return statute, start + len(term)
        return self._by_year(rest, start)

    def is_whole(self, reference: str) -> bool:
        """Return whether a reference is that of a statute as a whole."""
        return reference in self.titles.values()

    def _by_year(self, rest: str, start: int) -> tuple[str, int] | None:
        """Return the statute of a year, where only one of that year is known: the 1996 Act."""
        match = re.match(r"((?:19|20)\d{2}) Act\b", rest)
        if not match:
            return None
        of_year = {statute for title, statute in self.titles.items() if title.endswith(match[1])}
        return (of_year.pop(), start + match.end()) if len(of_year) == 1 else None


def read_known_statutes() -> Statutes:
    """Return the statutes of the reference data, before any document is read."""
    return Statutes(_titles())


@cache
def _titles() -> Mapping[str, str]:
    """Return each statute by its title in lower case, the longest title first."""
    rows = read_table("legislation", "statutes.csv", StatuteRow)
    held = {row.title.casefold(): row.id for row in rows if row.id.startswith("ukpga")}
    titles = {**unheld_statutes(), **held}
    return dict(sorted(titles.items(), key=lambda pair: -len(pair[0])))


def unheld_statutes() -> Mapping[str, str]:
    """Return statutes that the reference data does not hold, by their title in lower case."""
    return words_beside(f"{__package__}.statutes")


def provisions_in(view: View, statutes: Statutes) -> list[ProvisionFound]:
    """Return the provisions that a view cites, in order; then the statutes cited as a whole."""
    provisions = [*_sections(view, statutes), *_parts(view, statutes)]
    for match in _whole(view, statutes):
        if not any(section.start <= match.start < section.end for section in provisions):
            provisions.append(match)
    return sorted(provisions, key=lambda provision: provision.start)


def _sections(view: View, statutes: Statutes) -> Iterator[ProvisionFound]:
    for match in view.find(_SECTIONS):
        named = _named_at(view.text, match, statutes) if match["of"] else None
        numbers = _numbers(match["list"])
        if named is None:
            statute = _named_before(view.text, match.start(), statutes)
            statute = statute or _known_by_number(numbers, statutes)
            end = match.end("list")
        else:
            statute, end = named[0], _with_doubled_act(view.text, named[1])
        if statute is None or not numbers:
            continue
        references = tuple(_references(numbers, statute, statutes))
        yield ProvisionFound(match.start(), end, references, statute)


_THAT_ACT = re.compile(r"(?:(?:that|this|the|said|same) )+Act\b(?! \d)", re.IGNORECASE)


def _named_at(text: str, match: re.Match[str], statutes: Statutes) -> tuple[str, int] | None:
    """Return the statute after a section, and where its name ends; that Act is the last named."""
    start = match.start("of")
    article = re.match(r".*?\bthe $", text[max(0, start - 5) : start], re.IGNORECASE)
    named = statutes.at(text, start)
    that = _THAT_ACT.match(text, start - len("the ") if article else start)
    if named is not None or that is None:
        return named
    low = text[: match.start()].casefold()
    before = {low.rfind(title): act for title, act in statutes.titles.items() if title in low}
    only = set(statutes.named) if not before else {before[max(before)]}
    return (only.pop(), that.end()) if len(only) == 1 else None


def _named_before(text: str, start: int, statutes: Statutes) -> str | None:
    """Return the statute whose title stands right before a section: Children Act 2004, s.50."""
    before = text[:start].rstrip(" ,:(").casefold()
    return next((act for title, act in statutes.titles.items() if before.endswith(title)), None)


def _with_doubled_act(text: str, end: int) -> int:
    """Return where a citation ends that repeats the word Act, as several directions do."""
    return end + 4 if text[end : end + 4] == " Act" else end


def _parts(view: View, statutes: Statutes) -> Iterator[ProvisionFound]:
    for match in view.find(_PART):
        named = statutes.at(view.text, match.start("of"))
        if named:
            reference = _part(named[0], match["part"])
            yield ProvisionFound(match.start(), named[1], (reference,), named[0])


def _part(statute: str, printed: str) -> str:
    """Return the reference of a part; statutes count in roman numbers what documents may not."""
    reference = f"{statute}/part/{printed}"
    known = {row.id for row in read_table("legislation", "provisions.csv", ProvisionRow)}
    if printed.isdecimal() and reference not in known:
        counted = f"{statute}/part/{roman(int(printed)).upper()}"
        return counted if counted in known else reference
    return reference


def _whole(view: View, statutes: Statutes) -> Iterator[ProvisionFound]:
    low = view.text.casefold()
    for title, statute in statutes.titles.items():
        start = low.find(title)
        while start >= 0:
            yield ProvisionFound(start, start + len(title), (statute,), statute)
            start = low.find(title, start + len(title))


def _known_by_number(numbers: list[str], statutes: Statutes) -> str | None:
    """Return the statute of a section cited without one, where its number tells it."""
    section, _, subsection = numbers[0].partition("/") if numbers else ("", "", "")
    if section in {"497A", "497AA", "497B"}:
        return statutes.titles.get("education act 1996")
    best_value = statutes.titles.get("local government act 1999")
    childcare = statutes.titles.get("childcare act 2006")
    if section == "15" and subsection and best_value in statutes.named:
        return None if childcare in statutes.named else best_value
    return None


def _numbers(listed: str) -> list[str]:
    """Return the sections of a list as paths; a range stands as first..last.

    >>> _numbers("15 (5) and (6)"), _numbers("23C to 24D")
    (['15/5', '15/6'], ['23C..24D'])
    """
    paths: list[str] = []
    place = 0
    while place < len(listed):
        match = _ELEMENT.match(listed, place)
        if match is None or match.end() == place:
            place += 1
            continue
        brackets = [
            _subsection(part) for part in re.findall(r"\(\s?(\w{1,4})\s?\)", match["brackets"])
        ]
        number = (match["number"] or "").replace(" ", "").upper()
        path = "/".join([number, *brackets])
        if not number and paths:
            path = "/".join([_above(paths[-1], brackets[0]), *brackets])
        between = listed[: match.start()].rpartition(" ")[0] if paths else ""
        if paths and between.endswith(" to") and match["number"]:
            paths[-1] = f"{paths[-1]}..{path}"
        else:
            paths.append(path)
        place = match.end()
    return [path for path in paths if path[:1].isdigit()]


def _above(path: str, bracket: str) -> str:
    """Return the part of the path before, within which a bracket by itself stands.

    >>> _above("15/6/a", "b"), _above("15/5", "6")
    ('15/6', '15')
    """
    parts = path.split("/")
    deep = bracket.islower() and len(parts) > 2
    return "/".join(parts[:2]) if deep else parts[0]


def _subsection(text: str) -> str:
    """Return a subsection as printed in statutes; text recognition reads 4B as 48."""
    mended = {"48": "4B", "4b": "4B", "4a": "4A", "4aa": "4AA"}
    return mended.get(text, text)


def _references(numbers: list[str], statute: str, statutes: Statutes) -> Iterator[str]:
    """Yield the references of sections; a range goes by an identifier of its own."""
    title = next((title for title, act in statutes.titles.items() if act == statute), statute)
    for number in numbers:
        first, dots, last = number.partition("..")
        if dots:
            slug = re.sub(r"[^a-z0-9]+", "-", f"{title} {first} to {last}".casefold())
            yield f"provision/{slug}"
        else:
            yield f"{statute}/section/{first}"
