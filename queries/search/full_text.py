"""Find things by words of their names and descriptions: an index in memory, by SQLite's FTS5."""

import sqlite3
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import Lock

from rapidfuzz import process
from rapidfuzz.distance import OSA

from queries.search.name_index import most_slips
from queries.search.names import plain_words

_SILENT = frozenset(
    plain_words(
        "a about all an and are at by did do does for from had has have how in is it its many much "
        "of on or that the their there to was were what when where which who whom with"
    )
)
"""Words that tell nothing of what is looked for."""
_MOST_WORDS = 12
_MOST_ROWS = 200
_STEM_LETTERS = 5
"""How much of a word tells it among others, whatever its ending."""
_MOST_OF_SOME = 40
"""The score of what has nearly all words of a text, and not all."""


@dataclass(frozen=True)
class SearchEntry:
    """A thing that can be found: its kind, identifier, address, name, and other words."""

    kind: str
    id: str
    address: str
    label: str
    text: str = ""


@dataclass(frozen=True)
class Hit:
    """A thing that was found, how well it fits from 0 to 100, and why, in words."""

    entry: SearchEntry
    score: float
    because: str


class FullTextIndex:
    """The words of things."""

    def __init__(self, entries: Iterable[SearchEntry]) -> None:
        self._entries = list(entries)
        # Name and other words of each, as they are compared; each search would make them anew.
        self._words = [(_plain(entry.label), _plain(entry.text)) for entry in self._entries]
        self._base = sqlite3.connect(":memory:", check_same_thread=False)
        self._one_at_a_time = Lock()
        self._base.execute(
            "CREATE VIRTUAL TABLE words USING fts5(label, body, tokenize = 'porter unicode61')"
        )
        self._base.executemany(
            "INSERT INTO words (rowid, label, body) VALUES (?, ?, ?)",
            ((place, *words) for place, words in enumerate(self._words)),
        )
        self._known = sorted({word for words in self._words for word in " ".join(words).split()})

    def search(self, text: str) -> list[Hit]:
        """Return what has the words of a text, the best first; of slips, what was likely meant.

        Out: things with all the words; where none has them, with corrected words, then with some.
        """
        words = plain_words(text)[:_MOST_WORDS]
        telling = [word for word in words if word not in _SILENT]
        if not telling:
            return []
        found = self._with_all(telling, 0, "")
        if not found:
            mended = [self._mended(word) for word in telling]
            if mended != telling:
                found = self._with_all(mended, 10, f", read as {' '.join(mended)}")
            found = found or self._with_some(mended)
        return found

    def _with_all(self, words: Sequence[str], less: float, note: str) -> list[Hit]:
        found = []
        for place in self._rows(" AND ".join(_term(word) for word in words)):
            label, _ = self._words[place]
            because = "its name" if all(word in label for word in words) else "its description"
            found.append(Hit(self._entries[place], _fit(label, words) - less, because + note))
        return found

    def _with_some(self, words: Sequence[str]) -> list[Hit]:
        found = []
        for place in self._rows(" OR ".join(_term(word) for word in words)):
            has = " " + " ".join(self._words[place])
            share = sum(f" {word[:_STEM_LETTERS]}" in has for word in words) / len(words)
            hit = Hit(self._entries[place], round(_MOST_OF_SOME * share, 1), "some of the words")
            found.append(hit)
        return found

    def _rows(self, asked: str) -> list[int]:
        """Return the places of the things that a query of FTS5 finds, the best first."""
        # Not every SQLite lets several threads use one connection.
        with self._one_at_a_time:
            rows = self._base.execute(
                "SELECT rowid FROM words WHERE words MATCH ? "
                "ORDER BY bm25(words, 10, 1), rowid LIMIT ?",
                (asked, _MOST_ROWS),
            ).fetchall()
        return [place for (place,) in rows]

    def _mended(self, word: str) -> str:
        """Return the known word that a misspelt one is next to, or the word itself."""
        place = bisect_left(self._known, word)
        if place < len(self._known) and self._known[place].startswith(word):
            return word
        near = process.extractOne(
            word, self._known, scorer=OSA.distance, score_cutoff=min(most_slips(len(word)), 2)
        )
        return near[0] if near and near[1] else word


def _plain(text: str) -> str:
    return " ".join(plain_words(text))


def _term(word: str) -> str:
    """Return a word as a term of FTS5: whatever begins with it. Plain words have no quotes."""
    return f'"{word}" *'


def _fit(label: str, words: Sequence[str]) -> float:
    """Return how well a name fits: the whole, its beginning, all words in it, or elsewhere."""
    asked = " ".join(words)
    if label == asked:
        return 95
    if label.startswith(asked):
        return 85 if label.startswith(f"{asked} ") else 82
    parts = label.split()
    if all(any(part.startswith(word) for part in parts) for word in words):
        # Of two names that have the words, the one that says less beside them is nearer.
        telling = [part for part in parts if part not in _SILENT]
        return 70 + round(10 * len(words) / max(len(telling), len(words)), 1)
    return 55
