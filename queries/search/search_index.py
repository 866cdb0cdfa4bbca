"""Search over councils, people, powers, documents and questions, the best first."""

from collections.abc import Container, Iterable, Mapping, Sequence

from ontology.identifiers import short
from ontology.namespaces import ID
from queries.catalogue import catalogue
from queries.search.councils import CouncilEntry
from queries.search.full_text import FullTextIndex, Hit, SearchEntry
from queries.search.matcher import LONGEST_CHARACTERS, CouncilMatcher

KINDS = "council", "authority", "person", "power", "question", "document"
"""What can be found; of two that fit alike, the kind that stands first here comes first."""

_PATHS: Mapping[str, str] = {
    "authority": "/authorities/",
    "council": "/councils/",
    "document": "/documents/",
    "person": "/people/",
    "question": "/queries/",
}
_LEAST, _SURE = 60.0, 85.0
"""Councils whose names only look alike count where nothing else is found; beside one that is surely
meant, those that bear the same name or begin with it."""


class Search:
    """Everything that is found by what people write."""

    def __init__(
        self,
        councils: CouncilMatcher,
        rows: Iterable[Mapping[str, str]] = (),
        powers: Container[str] = (),
    ) -> None:
        """Make the index.

        In: rows of the query `lists/searchable`; the references of powers that directions can name.
        """
        self.councils = councils
        self._bodies = {code: _body(entry) for code, entry in councils.entries.items()}
        entries = [*self._bodies.values(), *(_thing(row, powers) for row in rows), *_questions()]
        self._index = FullTextIndex(entries)

    def search(self, text: str, kinds: Sequence[str] = ()) -> list[Hit]:
        """Return what fits a text, the best first.

        In: the kinds that are wanted, or none for all.
        """
        hits = self._index.search(text)
        if len(text) <= LONGEST_CHARACTERS:
            match = self.councils.match(text)
            near = [
                Hit(self._bodies[one.entry.code], one.score, one.because)
                for one in match.candidates
            ]
            least = _SURE if match.is_sure else _LEAST
            strong = [hit for hit in near if hit.score >= min(least, near[0].score)]
            strong = [hit for hit in strong if hit.score >= _LEAST]
            hits += strong or ([] if hits else near)
        best: dict[tuple[str, str], Hit] = {}
        for hit in sorted(hits, key=lambda hit: -hit.score):
            best.setdefault((hit.entry.kind, hit.entry.id), hit)
        wanted = [hit for hit in best.values() if not kinds or hit.entry.kind in kinds]
        return sorted(wanted, key=lambda hit: (-hit.score, KINDS.index(hit.entry.kind)))


def _body(entry: CouncilEntry) -> SearchEntry:
    label = f"{entry.name}, {entry.life}" if entry.ended else entry.name
    words = " ".join((*entry.every_name, *(number for _, number in entry.numbers)))
    return SearchEntry(
        entry.kind, entry.code, f"{_PATHS[entry.kind]}{entry.code}", label, f"{entry.code} {words}"
    )


def _thing(row: Mapping[str, str], powers: Container[str]) -> SearchEntry:
    kind, reference = row["kind"], short(row["thing"])
    label, text = row["label"], row.get("text", "")
    if kind in _PATHS:
        local = reference.partition("/")[2]
        return SearchEntry(kind, local, f"{_PATHS[kind]}{local}", label, text)
    # An Act that no direction names has its address at the publisher of the law.
    address = f"/directions?power={reference}" if reference in powers else row["thing"]
    if row["thing"].startswith(str(ID)):
        address = f"/doc/{reference}"
    return SearchEntry(kind, reference, address, label, text)


def _questions() -> list[SearchEntry]:
    return [
        SearchEntry(
            "question", query.name, f"{_PATHS['question']}{query.name}", query.title, query.question
        )
        for query in catalogue().values()
    ]
