"""Give every row of every source an identifier, once; what is unclear is left to a person.

A row keeps what data/registry/rows.csv gives it. Another row takes the thing that a reviewer named,
or that of a row with the same proof of identity. If nothing of its kind and council lies near, it
takes a new ordinal; what is known to be of another class, such as a visit beside a graded
inspection, is no neighbour. Rows of a source that lists each thing once are different things,
unless a proof or a reviewer joins them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from data.decisions.identity import MatchRow
from data.registry.identifiers import Registers, source_of
from loaders.identifiers.clusters import RowCluster, grouped
from loaders.identifiers.windows import Window, near, whole_year
from loaders.tables.claim_source import Mention
from ontology.errors import UnknownIdentifier, UnreadableTable
from ontology.identifiers import kind_and_local, ordinal
from ontology.identifiers import thing as address_of

_LAST_ORDINAL = 99


@dataclass(frozen=True)
class Unclear:
    """Rows that may be a thing there is, each with what is known of it; nothing is minted."""

    group: RowCluster
    candidates: Mapping[str, str]


@dataclass(frozen=True)
class Minting:
    """What became of the rows without an identifier, and the registers with it."""

    registers: Registers
    minted: Mapping[str, RowCluster]
    joined: Mapping[str, str]
    unclear: tuple[Unclear, ...]


def mint(
    mentions: Iterable[Mention],
    registers: Registers,
    matches: Sequence[MatchRow],
    known: Mapping[str, Window],
    class_names: Mapping[str, frozenset[str]] = MappingProxyType({}),
) -> Minting:
    """Return the registers with an identifier for every row that is clear.

    In: `known` are the windows of things that records place in time, `class_names` their classes.
    Raises: UnreadableTable for rows, registers and decisions that contradict each other,
    UnknownIdentifier for a decision on a row or thing that does not exist.
    Guarantee: the order of the mentions changes nothing, and a second run changes nothing.
    """
    groups = grouped(mentions)
    _check_decisions(groups, registers, matches)
    ledger = _Ledger(registers, matches, known, class_names)
    open_groups = [group for group in groups if not ledger.settle(group)]
    unclear = [undecided for group in open_groups if (undecided := ledger.decide(group))]
    after = Registers(ledger.things, ledger.rows)
    joined = {
        row: thing
        for row, thing in after.rows.items()
        if row not in registers.rows and thing not in ledger.minted
    }
    return Minting(after, ledger.minted, joined, tuple(unclear))


def _check_decisions(
    groups: Sequence[RowCluster], registers: Registers, matches: Iterable[MatchRow]
) -> None:
    """Check that every decision is about a row and a thing that exist."""
    kinds = {row: group.kind for group in groups for row in group.rows}
    kinds = {row: kind_and_local(thing)[0] for row, thing in registers.rows.items()} | kinds
    for match in matches:
        kind, local = kind_and_local(match.thing)
        if match.row not in kinds:
            raise UnknownIdentifier(f"{match.place}: no source has the row {match.row}")
        if local not in registers.things.get(kind, {}):
            raise UnknownIdentifier(f"{match.place}: {match.thing} is not in data/registry")
        if kind != kinds[match.row]:
            raise UnreadableTable(
                f"{match.place}: the row {match.row} speaks of a {kinds[match.row]}, "
                f"and {match.thing} is none"
            )


class _Ledger:
    """The registers while rows are settled, with the window and the sources of each thing."""

    def __init__(
        self,
        registers: Registers,
        matches: Iterable[MatchRow],
        known: Mapping[str, Window],
        class_names: Mapping[str, frozenset[str]],
    ) -> None:
        """Open the registers; a thing that nothing places in time lies in its year."""
        self.things = {kind: dict(entries) for kind, entries in registers.things.items()}
        self.rows = dict(registers.rows)
        self.minted: dict[str, RowCluster] = {}
        self._known = dict(known)
        self._class_names = dict(class_names)
        self._bearers: dict[str, set[str]] = {}
        self._sources: dict[str, set[str]] = {}
        for row, thing in self.rows.items():
            self._sources.setdefault(thing, set()).add(source_of(row))
        self._decisions: dict[str, dict[str, str]] = {}
        for match in matches:
            self._decisions.setdefault(match.row, {})[match.thing] = match.decision

    def settle(self, group: RowCluster) -> bool:
        """Give a group the thing that a register or a reviewer names; return whether one does."""
        named = {self.rows[row] for row in group.rows if row in self.rows}
        things = sorted(named | self._decided(group, "same"))
        if not things:
            return False
        if len(things) > 1 or self._decided(group, "different").intersection(things):
            raise UnreadableTable(
                f"{group}: data/registry/rows.csv and data/decisions/matches.csv contradict each "
                f"other on whether it is {' or '.join(things)}; keep one answer for all its rows"
            )
        thing = things[0]
        if kind_and_local(thing)[0] != group.kind:
            raise UnreadableTable(
                f"{group}: it is registered as {thing}, and its source now speaks of a "
                f"{group.kind}; correct data/registry/rows.csv"
            )
        self._join(group, thing)
        return True

    def decide(self, group: RowCluster) -> Unclear | None:
        """Mint a thing for a group, or say what it may be."""
        found = list(self._candidates(group))
        borne = [thing for thing in found if self._bearers.get(thing, set()) & group.bearers]
        if len(borne) == 1:
            self._join(group, borne[0])
            return None
        candidates = {thing: self._described(thing) for thing in borne or found}
        if candidates or group.span is None:
            return Unclear(group, candidates)
        thing = self._next(group, group.span.first.year)
        kind, local = kind_and_local(thing)
        self.things[kind][local] = group.description
        self.minted[thing] = group
        self._join(group, thing)
        return None

    def _described(self, thing: str) -> str:
        kind, local = kind_and_local(thing)
        return f"{self.things[kind][local]}; {self._known.get(thing, 'no known date')}"

    def _decided(self, group: RowCluster, decision: str) -> set[str]:
        """Return the things that a reviewer says a group is, or is not."""
        return {
            thing
            for row in group.rows
            for thing, decided in self._decisions.get(row, {}).items()
            if decided == decision
        }

    def _candidates(self, group: RowCluster) -> Iterator[str]:
        """Yield the things that a group may be: near, not of its own sources, and not denied.

        Out: a thing whose class is known is none of another class: a visit is no graded inspection.
        """
        known: dict[str, Window] = {}
        for local in self.things[group.kind]:
            given, thing = ordinal(local), f"{group.kind}/{local}"
            if given.holder == group.council:
                known[thing] = self._known.get(thing) or whole_year(given.year)
        close = near(group.kind, group.span, known) if group.span else sorted(known)
        denied = self._decided(group, "different")
        for thing in close:
            if thing in denied or group.listings & self._sources.get(thing, set()):
                continue
            bearers = self._bearers.get(thing, set())
            if bearers and group.bearers and not bearers & group.bearers:
                continue
            known_classes = self._class_names.get(thing, frozenset())
            if not known_classes or not group.class_names or known_classes & group.class_names:
                yield thing

    def _next(self, group: RowCluster, year: int) -> str:
        """Return the first ordinal of a council and year after all that were ever given.

        Raises: UnknownIdentifier if a year has no more.
        """
        lead = f"{group.council}-{year:04}"
        numbers = [
            given.number
            for given in map(ordinal, self.things[group.kind])
            if (given.holder, given.year) == (group.council, year)
        ]
        number = max(numbers, default=0) + 1
        if number > _LAST_ORDINAL:
            raise UnknownIdentifier(f"{group}: all {_LAST_ORDINAL} ordinals {lead} are given")
        local = f"{lead}-{number:02}"
        address_of(group.kind, local)
        return f"{group.kind}/{local}"

    def _join(self, group: RowCluster, thing: str) -> None:
        self.rows |= dict.fromkeys(group.rows, thing)
        self._sources.setdefault(thing, set()).update(group.listings)
        self._class_names[thing] = group.class_names | self._class_names.get(thing, frozenset())
        self._bearers.setdefault(thing, set()).update(group.bearers)
        if group.span:
            self._known[thing] = group.span.joined(self._known.get(thing))
