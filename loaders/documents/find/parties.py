"""Find those who give, bear and receive duties: offices, posts, organisations, the council."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from data.tables.table import OfficeRow, read_table
from loaders.documents.find.councils import councils_in
from loaders.documents.text import words_beside
from loaders.documents.text.view import View

_NAMES: dict[str, dict[str, list[str]]] = words_beside(__name__)
_ORGANISATIONS = [(name, body) for body, names in _NAMES["organisations"].items() for name in names]
_SECRETARIES = frozenset({"sos-education", "sos-hclg"})

# takes: "Non-Executive Commissioner for Children's Services in Anytown"
# takes: "Children's Commissioner"
# leaves: "Commissioner for Housing"
CHILDRENS_POST = re.compile(
    r"(?:(?P<type>Non-Executive|Executive|Lead)\s+)?"
    r"(?:Commissioners?\s+(?:for|of)\s+Children's\s+(?:Social\s+Care\s+)?Services"
    r"(?:\s+in\s+(?P<place>(?-i:[A-Z])[\w-]+(?:\s+(?:and\s+|upon\s+|of\s+|the\s+)?(?-i:[A-Z])[\w-]+)*))?"
    r"|Children's\s+(?:Social\s+Care\s+)?Services\s+Commissioners?|Children's\s+Commissioner)",
    re.IGNORECASE,
)
# takes: "Lead Commissioner"
# takes: "Finance Commissioners"
# leaves: "the Commissioner"
_BEST_VALUE_POST = re.compile(
    r"(?:MHCLG|DCLG|DLUHC|Best\s+Value|Lead|Managing\s+Director|Finance|Assistant|Deputy"
    r"|Supporting|Commercial|Political|Governance|Housing|Transformation|Regeneration)"
    r"(?:\s+(?:Director|and))?\s+Commissioners?",
    re.IGNORECASE,
)
_SEND_POST = re.compile(r"SEND\s+Commissioner", re.IGNORECASE)
PARTNER = re.compile(r"improvement\s+partners?", re.IGNORECASE)
# takes: "the Department's improvement adviser"
# takes: "their appointed advisor"
# leaves: "an advisory board"
_ADVISER = re.compile(
    r"(?:the\s+)?(?:Secretary\s+of\s+State's|Department's|DfE'?s?|Department\s+for\s+Education's|"
    r"her|his|their|any)?\s*(?:appointed\s+)?(?:improvement\s+)?advis[eo]rs?\b(?!\s+(?:y|ory))",
    re.IGNORECASE,
)
COMMISSIONER = re.compile(
    r"Commissioners?\b|(?:[Ll]ead|[Ff]inance) commissioners?\b|(?:Ministerial )?Envoys?\b"
)
_STATE = re.compile(r"Secretary\s+of\s+State\b(?!'s\s+(?:\w+\s+)?advis)(?!\s+for\b)", re.IGNORECASE)
# takes: "the local authority shall report"
# takes: "the County Council"
# leaves: "Anytown Council"
COUNCIL = re.compile(
    r"\b(?:the\s+(?:local\s+)?(?:council|authority)|(?<=the )(?:council|authority))\b"
    r"|\bthe\s+(?:county|city|(?:metropolitan\s+|london\s+|royal\s+)?borough|district)\s+council\b",
    re.IGNORECASE,
)


_COUNCILS = re.compile(r"\b(?:the|both|each of the)\s+(?:councils|authorities)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Party:
    """Somebody who gives, bears or receives a duty, or writes a document.

    >>> Party("office", "sos-education").reference
    'office/sos-education'
    """

    kind: Literal["council", "office", "organisation", "other", "person", "post"]
    name: str

    @property
    def reference(self) -> str:
        """The reference by which records name it."""
        return f"{self.kind}/{self.name}"


@dataclass(frozen=True)
class PartyFound(Party):
    """A party in a view, and its range."""

    start: int
    end: int


@dataclass(frozen=True)
class _TermDefined:
    """A term, where the words that define it begin, and where what it means begins, if after it."""

    term: str
    opens: int
    names: int = -1


_NEAR_TERM = len(" Council, ")
"""Characters at most between a name and the words that define a term for it."""

_OPENS_TERM = (
    r"(?:[(\[][^()\"']{0,40}|,? (?:in this \w+ |here(?:in)?after |below )?(?:called|known as"
    r"|referred to (?:\w+ ){0,4}as) )"
)
# takes: "Anytown Council, referred to below as 'Anytown'"
# takes: "'the Authority' means Anytown Council"
# takes: "(\"the Children's Commissioner\")"
# leaves: "as 'good' as"
_TERM = re.compile(
    rf"{_OPENS_TERM}(?:\"(?P<double>[^\"()]{{2,50}})\"|'(?P<single>[^\"()]{{2,50}}?)'(?!\w))"
    r"|\((?:[^()\"']{0,30} )?the (?P<bare>(?-i:[A-Z])[\w-]+(?: (?-i:[A-Z])[\w-]+){0,2})\)"
    r"|(?:\"(?P<meaning>[^\"]{2,50})\"|'(?P<plain>[^\"']{2,50})'),? means (?:the )?",
    re.IGNORECASE,
)
# takes: "First Directions"
# leaves: "Lead Commissioner"
_NO_PARTY = re.compile(
    r"\b(?:directions?|reports?|letters?|notices?|acts?|functions?|services?|plans?|reviews?|terms"
    r"|areas?|findings?|functions)$",
    re.IGNORECASE,
)
"""What a term ends with that stands for a document or a function, and for nobody."""


def _terms_in(view: View) -> Iterator[_TermDefined]:
    for match in view.find(_TERM):
        after = match["meaning"] or match["plain"]
        words = after or match["double"] or match["single"] or match["bare"]
        term = re.sub(r"^the ", "", words.strip(), flags=re.IGNORECASE)
        if term[:1].isupper() and not _NO_PARTY.search(term):
            yield _TermDefined(term, match.start(), match.end() if after else -1)


@cache
def _term(term: str) -> re.Pattern[str]:
    """Return the pattern of a term, with the article before it and as it is written."""
    spaced = r"\s+".join(re.escape(word) for word in term.split())
    return re.compile(rf"\b(?:[Tt]he\s+)?{spaced}\b(?!\s+[A-Z])")


_OF_OFFICE = re.compile(r"(?:Minister|Secretary|Children's Minister)")


@dataclass
class Parties:
    """Who is who in one document.

    In: `council` is the code of the council that it is about, `others` of more that it is to,
    `issuer` its minister's office, `commissioner` the post that "the Commissioner" means.
    """

    council: str
    issuer: str
    commissioner: str
    others: tuple[str, ...] = ()
    terms: dict[str, Party] = field(default_factory=dict)

    def learn(self, view: View) -> None:
        """Keep the terms by which a view calls the council or a post, and by which it may go on."""
        parties = self.find(view)
        for defined in _terms_in(view):
            before = (party for party in parties if 0 <= defined.opens - party.end <= _NEAR_TERM)
            meant = next((party for party in parties if party.start == defined.names), None)
            party = meant or max(before, key=lambda party: party.end, default=None)
            own = party is not None and party.name in {self.council, *self.others}
            office = (
                party is not None and party.kind == "office" and _OF_OFFICE.fullmatch(defined.term)
            )
            if party is not None and (own or office or party.kind == "post"):
                self.terms.setdefault(defined.term, Party(party.kind, party.name))

    @property
    def own_council(self) -> Party:
        """The council that the document is about."""
        return Party("council", self.council)

    @property
    def commissioner_post(self) -> Party:
        """The post that "the Commissioner" means."""
        return Party("post", f"{self.council}-{self.commissioner}")

    def find(self, view: View) -> list[PartyFound]:
        """Return the parties of a view, in order; of parties within parties the longest."""
        parties = sorted(self._all(view), key=lambda party: (party.start, -party.end))
        outermost: list[PartyFound] = []
        for party in parties:
            if not outermost or party.start >= outermost[-1].end:
                outermost.append(party)
        return outermost

    def _all(self, view: View) -> Iterator[PartyFound]:
        for term, party in self.terms.items():
            for match in _term(term).finditer(view.text):
                yield PartyFound(party.kind, party.name, *match.span())
        yield from self._offices(view)
        for match in view.find(COUNCIL):
            yield PartyFound("council", self.council, *match.span())
        for match in view.find(_COUNCILS) if self.others else ():
            yield PartyFound("council", self.council, *match.span())
        for named in councils_in(view):
            body = named.on(None)
            if named.is_full and body is not None:
                yield PartyFound("council", body.code, named.start, named.end)
        yield from self._posts(view)

    def _offices(self, view: View) -> Iterator[PartyFound]:
        """Yield the offices and the organisations of a view."""
        for name, office in office_names():
            for match in _named(name).finditer(view.text):
                yield PartyFound("office", office, *match.span())
        for name, organisation in _ORGANISATIONS:
            for match in _named(name).finditer(view.text):
                # "the Department for Education's improvement adviser" is the adviser.
                if not re.match(
                    r"'s?\s+(?:appointed\s+|improvement\s+)*advis", view.text[match.end() :]
                ):
                    yield PartyFound("organisation", organisation, *match.span())
        for match in view.find(_STATE):
            yield PartyFound("office", self.issuer, *match.span())

    def _posts(self, view: View) -> Iterator[PartyFound]:
        patterns: Sequence[tuple[re.Pattern[str], str]] = (
            (CHILDRENS_POST, "childrens"),
            (_BEST_VALUE_POST, "best-value"),
            (_SEND_POST, "send"),
            (PARTNER, "improvement-partner"),
            (_ADVISER, "adviser"),
            (COMMISSIONER, self.commissioner),
        )
        for pattern, name in patterns:
            for match in view.find(pattern):
                own = name
                if pattern is COMMISSIONER and _by_housing(view.text, match.end()):
                    own = "best-value"
                start = match.start() + len(match[0]) - len(match[0].lstrip())
                yield PartyFound("post", f"{self.council}-{own}", start, match.end())


def _by_housing(text: str, after: int) -> bool:
    """Return whether commissioners are said to be those of the minister for local government."""
    match = re.match(
        r" (?:\w+ )?appointed by the (?P<office>Secretary of State for .{0,60})", text[after:]
    )
    offices = [
        office for name, office in office_names() if match and match["office"].startswith(name)
    ]
    return offices[:1] == ["sos-hclg"]


@cache
def office_names() -> list[tuple[str, str]]:
    """Return every name of an office with its identifier, the longest first."""
    rows = read_table("organisations", "offices.csv", OfficeRow)
    names = {row.name: row.id for row in rows}
    names |= {name: office for office, others in _NAMES["offices"].items() for name in others}
    return sorted(names.items(), key=lambda pair: -len(pair[0]))


def secretary_named(text: str) -> str | None:
    """Return the office of the Secretary of State whose name, now or once, stands in a text."""
    low = text.casefold()
    names = ((name.casefold(), office) for name, office in office_names())
    return next((office for name, office in names if office in _SECRETARIES and name in low), None)


@cache
def _named(name: str) -> re.Pattern[str]:
    spaced = r"\s+".join(re.escape(word) for word in name.split())
    return re.compile(rf"\b{spaced}\b", 0 if name.isupper() or len(name) < 7 else re.IGNORECASE)
