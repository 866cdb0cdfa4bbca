"""Find people in public capacities, with their honours and roles."""

import re
import unicodedata
from dataclasses import dataclass

from loaders.documents.text.view import View

_TITLES = (
    r"(?:(?:Mrs?|Ms|Miss|Mx|Dr|Sir|Dame|Lord|Lady|Baroness|Prof(?:essor)?|Rt\.? Hon\.?)\.?\s+)"
)
_HONOURS = r"(?:CBE|OBE|MBE|KBE|DBE|KCB|DCB|CB|KCMG|CMG|QPM|PhD|MP|JP|QC|KC|DL)"
_UPPER, _LOWER = "[A-ZÀ-ÖØ-Þ]", "[a-zß-öø-ÿ]"
_NAME_WORD = (
    rf"(?:{_UPPER}{_LOWER}*['-]?{_UPPER}?{_LOWER}+(?:-{_UPPER}{_LOWER}+)*"
    rf"|(?:{_UPPER}\.)+(?=\s+{_UPPER})|{_UPPER}(?=\s+{_UPPER}{_LOWER}))"
)
_PARTICLE = r"(?:\s+(?:van|von|de|der|den|du|del|della|di|da|la|le|bin|ibn|al|el|ap|ab|ter|ten|y))"
"""What may stand, written small, between the first and the last name of a person."""
NAME = (
    rf"(?P<titles>{_TITLES}*)(?P<name>{_NAME_WORD}(?:{_PARTICLE}{{0,2}}\s+{_NAME_WORD}){{1,3}}?)"
    rf"(?:,?\s+(?P<honours>{_HONOURS}(?:,?\s+{_HONOURS})*))?"
)
_OFFICE_WORDS = """
act adviser advisers annex authority behalf best borough by chief children city civil
commissioner commissioners council county date department deputy director education executive
for government head improvement inspection intervention lead local london minister ministry
direction directions name notice official ofsted on plan report role secretary senior servant
services state stewardship the value envoy envoys ministerial panel board chair member members
trust company limited improvement
"""
NOT_NAMES = frozenset(_OFFICE_WORDS.split())
"""Words of offices and documents, which no name of a person has."""

_POST_WORD = (
    r"(?:Lead|Finance|Financial|Managing|Director|Assistant|Supporting|Deputy|Commercial|Political|"
    r"Democratic|Governance|Housing|Transformation|Improvement|Regeneration|Highways|and|Chief|"
    r"Executive|Non-Executive|Best|Value|SEND|HR|Children's|Services?|Social|Care)"
)
"""Words before Commissioner in the titles of commissioners."""

# takes: "has appointed Jane Smith OBE as Commissioner"
# leaves: "has appointed a Commissioner"
_CALLED = re.compile(
    rf"(?P<verb>(?:has\s+|have\s+|is\s+|been\s+|was\s+|were\s+)*(?:re-?\s?)?(?:appointed|appoints|"
    rf"nominated|nominates|appoint))\s+{NAME}(?=\s+(?:as|to)\b|,|\s+and\b)"
)
# takes: "Jane Smith and John Jones were appointed"
# leaves: "Jane Smith resigned"
_PASSIVE = re.compile(
    rf"\b{NAME}(?=(?:\s+and\s+{_NAME_WORD}(?:\s+{_NAME_WORD}){{1,2}}(?:,?\s+{_HONOURS})*)?,?\s+"
    r"(?P<verb>(?:(?:was|is|are|were|has been|have been|will be|continues? to be)\s+)"
    r"(?:also\s+|first\s+)?(?:re-?\s?)?(?:appointed|nominated))\b)"
)
# takes: "Jane Smith - Lead Commissioner"
# takes: "Jane Smith as the Finance Commissioner"
# leaves: "Lead Commissioner"
_LISTED = re.compile(
    rf"\b(?!(?:Commissioners?|{_POST_WORD})\b){NAME}(?=(?:\s*[,:(-]\s*|\s+as\s+|\s+to\s+be\s+)(?:as\s+)?(?:the\s+|an?\s+)?"
    rf"(?:{_POST_WORD}\s+)*Commissioner\b)"
)
_MEANT = re.compile(rf"[Cc]ommissioners?[\"']?\s+means?\s+{NAME}(?=,?\s+and\b|\s*[;,.]|\s*$)")
# takes: "'Commissioners' means Jane Smith and John Jones;"
# leaves: "'Commissioner' means Jane Smith;"
_MEANT_TOO = re.compile(
    rf"[Cc]ommissioners?[\"']?\s+means?\s+(?:{_TITLES})*{_NAME_WORD}(?:\s+{_NAME_WORD}){{1,2}}"
    rf"(?:,?\s+{_HONOURS})*,?\s+and\s+{NAME}(?=\s*[;,.]|\s*$|\s+or\b)"
)
_ROLE_FIRST = re.compile(
    rf"\b(?:Commissioner|[Aa]dviser),\s+{NAME}(?=,|\s+(?:dated|of|on|to|has|will)\b|[.;)])"
)
BY = re.compile(
    rf"\bby\s+{NAME}(?=\s+(?:in\s+(?:his|her|their)\s+role|,|as\b|published|to\b|and\b)|[,.;]|$)"
)
# takes: "Jane Smith, in her role as adviser"
# leaves: "Jane Smith, resident of Anytown"
_WITH_ROLE = re.compile(
    rf"\b{NAME}(?=,?\s+(?:in\s+(?:his|her|their)\s+(?:role|capacity)|as\s+the\s+(?:appointed\s+)?"
    r"(?:Commissioner|advis)|(?:,\s*)?as\s+the\s+appointed))"
)
# takes: "Dame Jane Smith, DBE"
# leaves: "Dame Jane Smith"
_HONOURED = re.compile(
    rf"\b(?P<titles>{_TITLES}*)(?P<name>{_NAME_WORD}(?:\s+{_NAME_WORD}){{1,2}}),?\s+"
    rf"(?P<honours>{_HONOURS}(?:,?\s+{_HONOURS})*)\b"
)
_SIGNATORY = re.compile(
    r"(?P<name>[A-Z](?:[^\W\d_]|\.)[\w'. -]{1,50}?)(?:,?\s+(?P<honours>" + _HONOURS + r"))?"
)

_SHORT_NAME = re.compile(r"(?:[AEIOUY][BDLN]|[B-DF-HJ-NP-TV-XZ][AEIOUY])")
"""A short first name in capitals, such as JO or ED, which is no two initials."""

_BESIDE_NAME = re.compile(r"[\s.,(]*(?:signed(?: by)?|name|signature)\b[\s:._)]*", re.IGNORECASE)
# takes: "Ann Other, Deputy Director, Improvement"
# takes: "Ann Other on behalf of the Secretary of State"
# leaves: "Ann Other"
_AFTER_NAME = re.compile(
    r"\s+(?:for and )?on behalf of the .*$|[\s,._]*\bdated?(?: this)?\b[\s:.]*\d.*$"
    r"|\s*,?\s*\bfor the secretary of state\b.*$"
    # The office on the same line: "Ann Other, Deputy Director", "Ann Other (Head of Section)".
    r"|\s*(?:[,(–]|\s-)\s*(?:an? |the )?(?:[\w'-]+[ -]){0,4}?(?:director|head|minister|official"
    r"|civil servant|under[- ]?secretary|secretary)\b.*$",
    re.IGNORECASE,
)
"""What may stand beside the name of who signs, on the same line."""


@dataclass(frozen=True)
class PersonFound:
    """A person in a view: the range of name and honours, and the two apart.

    In: `role` says how the person is spoken of: appointed, reappointed, by, with-role, honoured.
    """

    start: int
    end: int
    name: str
    honours: str
    role: str

    @property
    def slug(self) -> str:
        """The identifier of the person."""
        return person_slug(self.name)


def person_slug(name: str) -> str:
    """Return the identifier of a person by name.

    >>> person_slug("Séan O'Neill")
    'sean-oneill'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.casefold().replace("'", "")).strip("-")


def people_in(view: View) -> list[PersonFound]:
    """Return the people of a view whose public capacity it states, in order."""
    people: dict[int, PersonFound] = {}
    for pattern, role in (
        (_CALLED, ""),
        (_PASSIVE, ""),
        (BY, "by"),
        (_WITH_ROLE, "with-role"),
        (_HONOURED, "honoured"),
        (_LISTED, "listed"),
        (_MEANT, "meant"),
        (_MEANT_TOO, "meant"),
        (_ROLE_FIRST, "meant"),
    ):
        for match in view.find(pattern):
            person = _person(match, role)
            if person is not None:
                people.setdefault(person.start, person)
    return [people[start] for start in sorted(people)]


# takes (match): "This Monday"
# leaves (match): "Ann Other"
_NO_FIRST_NAME = re.compile(
    r"(?:Lord|Lady|Sir|Dame|Mrs?|Ms|Miss|Dr|Professor|Baroness|The|This|These|Those|That|An?|In|On|By|For|If|It|Its|Under|Any|All|Each|No|Dear|To|Your"
    r"|Our|First|Second|Third|Next|Last|And|Or|As|At|Where|When|Such|Every|With|From|Of)\b"
)
_ROLE = (
    "(?:Commissioners?|Envoys?|Chair(?:man|woman|person)?|Advis[eo]r|Partner|Director|Officer"
    "|Executive)"
)
"""What the words for an office end with, right before the name of who holds it."""

# takes (match): "Lead Ministerial Envoy Ann Other"
# leaves (match): "the Envoy"
_ANY_NAME = re.compile(
    rf"\b(?:(?:(?:{_POST_WORD}|{_ROLE}|Ministerial|Independent|Interim)\s+)*{_ROLE}\s+)?"
    rf"{NAME}(?![\w])(?! [A-Z][a-z])"
)
_TITLED = re.compile(rf"\b(?P<titles>{_TITLES}+)(?P<name>{_NAME_WORD})(?P<honours>)(?! [A-Z][a-z])")


def named_people(view: View) -> list[PersonFound]:
    """Return whoever a view may name: words in capitals, none of them of an office, in order."""
    people: dict[int, PersonFound] = {}
    for pattern in (_ANY_NAME, _TITLED):
        for match in view.find(pattern):
            person = _person(match, "named")
            if person is not None and not _NO_FIRST_NAME.match(match["name"]):
                people.setdefault(person.start, person)
    return [people[start] for start in sorted(people)]


def _person(match: re.Match[str], role: str) -> PersonFound | None:
    """Return the person that a match names, unless the words are those of an office."""
    name = re.sub(r"\s+", " ", match["name"])
    if NOT_NAMES & {word.strip(".'s").casefold() for word in name.split()}:
        return None
    if not role:
        role = "reappointed" if re.search(r"\bre", match["verb"]) else "appointed"
    start = match.start("titles") if match["titles"] else match.start("name")
    end = match.end("honours") if match["honours"] else match.end("name")
    return PersonFound(start, end, name, match["honours"] or "", role)


def signatory_in(view: View) -> PersonFound | None:
    """Return who signs, if a line of a signature is a name by itself."""
    around = _BESIDE_NAME.match(view.text)
    begin = around.end() if around else 0
    match = _SIGNATORY.fullmatch(_AFTER_NAME.sub("", view.text).rstrip(" .,"), begin)
    if match is None:
        return None
    words = match["name"].split()
    if not 2 <= len(words) <= 5 or NOT_NAMES & {word.casefold() for word in words}:
        return None
    if any(word[0].islower() for word in words):
        return None
    shouted = match["name"].isupper()
    name = " ".join(
        word.capitalize() if shouted and _SHORT_NAME.fullmatch(word) else _cased(word)
        for word in words
    )
    end = match.end("honours") if match["honours"] else match.end("name")
    return PersonFound(match.start("name"), end, name, match["honours"] or "", "signatory")


def _cased(word: str) -> str:
    """Return a word of a name as names are written, where it is all in capitals.

    >>> _cased("O'NEILL"), _cased("SMITH-JONES"), _cased("McDonald")
    ("O'Neill", 'Smith-Jones', 'McDonald')
    """
    if not word.isupper() or len(word) < 3:
        return word
    return re.sub(r"[A-Z]+", lambda part: part[0].capitalize(), word)
