"""Which councils bear a name, looked up in each form in which a name is compared."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from queries.search.councils import CouncilEntry
from queries.search.names import Name, plain_words, read_name, spellings

_INITIALS = range(3, 8)
"""How many letters a name of first letters can have."""
_SURE_INITIALS = 4
"""From how many letters on they stand for one council, if no other has them."""
_PREFIX_LETTERS = 4
_SHIRE = "shire"
# From how many letters on a spelling may differ in so many places, and still be the one meant.
_SLIPS = ((14, 3), (8, 2), (5, 1))
_SURE_SLIPS = ((16, 3), (11, 2), (6, 1))

Index = dict[str, list[str]]


def most_slips(letters: int, *, sure: bool = False) -> int:
    """Return in how many places a spelling of so many letters may differ."""
    table = _SURE_SLIPS if sure else _SLIPS
    return next((slips for least, slips in table if letters >= least), 0)


class NameIndex:
    """The names of councils in every compared form, each with the codes of those that bear it."""

    def __init__(self, entries: Iterable[CouncilEntry]) -> None:
        self.numbers: Index = defaultdict(list)
        self.wholes: Index = defaultdict(list)
        self.cores: Index = defaultdict(list)
        self.initials: Index = defaultdict(list)
        self._sure_initials: set[str] = set()
        self._beginnings: Index = defaultdict(list)
        self._squashed: Index = defaultdict(list)
        self._shown: list[tuple[str, str]] = []
        self._types: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        self._parted_names: Index = defaultdict(list)
        for entry in entries:
            self._types[entry.code] = entry.type
            self._kinds[entry.code] = entry.kind
            self._add(entry)
        self._spellings = list(self._squashed)
        self._shown_names = [_telling(name) for name, _ in self._shown]
        self._parted = [
            (" ".join(word for word in name.split() if word != "and"), code)
            for name, code in self._shown
        ]

    def _add(self, entry: CouncilEntry) -> None:
        for number in (entry.code, *(number for _, number in entry.numbers)):
            _put(self.numbers, number.casefold(), entry.code)
        for text in entry.every_name:
            name = read_name(text)
            if name is None:
                continue
            self._shown.append((" ".join(plain_words(text)), entry.code))
            _put(self.wholes, name.whole, entry.code)
            self._add_core(name, entry.code)
            self._add_initials(name, entry.code)

    def _add_core(self, name: Name, code: str) -> None:
        for form in (" ".join(sorted(name.core)), *name.squashed):
            _put(self.cores, form, code)
        for form in (*name.squashed, "".join(name.words)):
            _put(self._squashed, form, code)
        for place, word in enumerate(name.words):
            if word in spellings().parting:
                _put(self._parted_names, " ".join(name.words[:place]), code)
        for end in range(1, len(name.core)):
            _put(self._beginnings, " ".join(name.core[:end]), code)

    def _add_initials(self, name: Name, code: str) -> None:
        whole = [word for word in name.words if word not in spellings().joining]
        for words in (list(name.core), whole):
            letters = "".join(word[0] for word in words)
            if len(letters) in _INITIALS:
                _put(self.initials, letters, code)
                if words == list(name.core) or len(letters) >= _SURE_INITIALS:
                    self._sure_initials.add(letters)

    def with_core(self, name: Name) -> list[str]:
        """Return who bears a name, whatever kind of council it says."""
        forms = (" ".join(sorted(name.core)), *name.squashed)
        return list(dict.fromkeys(code for form in forms for code in self.cores.get(form, ())))

    def contradicted(self, name: Name, code: str) -> bool:
        """Return whether the kind of council that a name says is another than that of a council.

        A city that has a shire of its name is not meant by the name of a county council.
        """
        excluded = spellings().excluded
        if any(self._types[code] in excluded.get(kind, ()) for kind in name.kinds):
            return True
        if "county" not in name.kinds or self._types[code] == "county":
            return False
        return any(self._types[shire] == "county" for shire in self.twins(name))

    def twins(self, name: Name) -> list[str]:
        """Return the councils of the shire of a city's name, or of the city of a shire's name."""
        bare = name.squashed[0]
        other = bare.removesuffix(_SHIRE) if bare.endswith(_SHIRE) else bare + _SHIRE
        return self.cores.get(other, [])

    def shared_beginning(self, name: Name, codes: Sequence[str]) -> bool:
        """Return whether a place of these words is told from others by what follows them.

        In: the councils that bear the name as it stands: Newcastle upon Tyne is not the only one.
        """
        others = self._parted_names.get(" ".join(name.words), [])
        kinds = {self._kinds[code] for code in codes}
        return any(code not in codes and self._kinds[code] in kinds for code in others)

    def with_initials(self, letters: str) -> tuple[list[str], bool]:
        """Return whose first letters these are, and whether they are usual as a name."""
        return self.initials.get(letters, []), letters in self._sure_initials

    def beginning_with(self, name: Name) -> list[str]:
        """Return whose names begin with these words, unless they say too little."""
        says_much = len(name.core) > 1 or name.core[0] not in spellings().vague
        if not says_much or len("".join(name.core)) < _PREFIX_LETTERS:
            return []
        return self._beginnings.get(" ".join(name.core), [])

    def misspelt(self, name: Name) -> list[tuple[int, str, str]]:
        """Return the spellings next to one: in how many places each differs, itself, and a code."""
        found: list[tuple[int, str, str]] = []
        for form in dict.fromkeys((*name.squashed, "".join(name.words))):
            near = process.extract(
                form,
                self._spellings,
                scorer=OSA.distance,
                score_cutoff=most_slips(len(form)),
                limit=None,
            )
            found += [
                (int(slips), spelling, code)
                for spelling, slips, _ in near
                if 0 < slips <= most_slips(min(len(form), len(spelling)))
                for code in self._squashed[spelling]
            ]
        return sorted(found)

    def alike(self, text: str, most: int) -> list[tuple[float, str]]:
        """Return the councils whose names look most like a text, each with how much from 0 to 1."""
        asked = _telling(text)
        near = process.extract(asked, self._shown_names, scorer=_alike, limit=most * 6)
        best: dict[str, float] = {}
        for _, score, place in near:
            best.setdefault(self._shown[place][1], score / 100)
        return [(score, code) for code, score in best.items()][:most]

    def containing(self, text: str) -> list[str]:
        """Return whose names have a text in them, however its words are joined.

        Out: first those whose name begins with it, then those of which a word does.
        """
        words = [word for word in plain_words(text) if word != "and"]
        if not words:
            return []
        asked = " ".join(words)
        apart = [(name, code) for name, code in self._parted if asked in name]
        apart.sort(key=lambda one: (not one[0].startswith(asked), f" {asked}" not in f" {one[0]}"))
        joined = apart or [
            (name, code) for name, code in self._parted if "".join(words) in name.replace(" ", "")
        ]
        return list(dict.fromkeys(code for _, code in joined))


def _alike(one: str, other: str, **_: object) -> float:
    """Return how much two names look alike, 0 to 100: in the words they share, and as a whole."""
    return (fuzz.WRatio(one, other) + fuzz.ratio(one, other)) / 2


def _telling(text: str) -> str:
    """Return a name without the words that many share, which would make all of them look alike.

    >>> _telling("Isle of Wight Council")
    'isle wight'
    """
    name = read_name(text)
    return " ".join(name.core) if name else ""


def _put(index: Index, key: str, code: str) -> None:
    if code not in index[key]:
        index[key].append(code)
