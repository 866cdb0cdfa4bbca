"""Councils and combined authorities as they are looked for: every name and number they ever had."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Period:
    """The days that are asked about, both included."""

    first: date
    last: date

    @property
    def words(self) -> str:
        """The days in words."""
        if self.first == self.last:
            return str(self.first)
        return str(self.first.year)


@dataclass(frozen=True)
class CouncilEntry:
    """A council or authority with all by which people name it.

    In: `kind` is council or authority; `spellings` are ways of writing that are no names; `numbers`
    its identifiers, each with what it is: gss-code, ofsted-urn, dfe-number, wikidata, address;
    `ended` is the first day on which it was no longer there.
    """

    code: str
    kind: str
    name: str
    type: str
    region: str = ""
    names: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    began: date | None = None
    ended: date | None = None
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()

    @property
    def every_name(self) -> tuple[str, ...]:
        """Every name and way of writing, the official name first."""
        return (self.name, *self.names, *self.former_names, *self.spellings)

    @property
    def life(self) -> str:
        """Its days in words, or nothing if no source gives one."""
        parts = [f"from {self.began}" if self.began else "", f"until {self.ended}"]
        return " ".join(part for part in (parts if self.ended else parts[:1]) if part)

    @property
    def described(self) -> str:
        """Its name with code and, of one that ended, its days."""
        return f"{self.name} ({self.code}{', ' + self.life if self.ended else ''})"

    def existed_in(self, period: Period) -> bool:
        """Return whether it was there on one of the days; an unknown begin is no bar."""
        begun = self.began is None or self.began <= period.last
        return begun and (self.ended is None or period.first < self.ended)

    def numbers_of(self, kind: str) -> list[str]:
        """Return its identifiers of one kind."""
        return [number for named, number in self.numbers if named == kind]


_NUMBERS = "gss-code", "ofsted-urn", "dfe-number", "wikidata", "address"


def entries_of(rows: Iterable[Mapping[str, str]]) -> list[CouncilEntry]:
    """Return the councils that rows of the query `lists/council_entries` describe.

    In: rows with columns code, kind, key and value; successors and predecessors are codes.
    """
    found: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        values = found[row["code"], row["kind"]][row["key"]]
        if row["value"] not in values:
            values.append(row["value"])
    return [_entry(code, kind, known) for (code, kind), known in sorted(found.items())]


def _entry(code: str, kind: str, known: Mapping[str, list[str]]) -> CouncilEntry:
    def several(key: str) -> tuple[str, ...]:
        return tuple(sorted(known.get(key, ())))

    def day(key: str) -> date | None:
        days = several(key)
        return date.fromisoformat(days[0]) if days else None

    return CouncilEntry(
        code,
        kind,
        next(iter(several("name")), code),
        next(iter(several("type")), kind),
        next(iter(several("region")), ""),
        several("other-name"),
        several("former-name"),
        several("spelling"),
        tuple((key, number) for key in _NUMBERS for number in several(key)),
        day("began"),
        day("ended"),
        several("predecessor"),
        several("successor"),
    )
