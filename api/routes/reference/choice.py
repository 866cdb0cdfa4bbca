"""What a request chooses of the items of a list or of one thing: `fields`, and `with=claims`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from api.views.serialisers import Json
from ontology.errors import WrongParameter

FIELDS, WITH, CLAIMS = "fields", "with", "claims"
IDENTITY = "id", "iri", "kind"
"""Keys that no choice leaves out."""
_ABOUT_ANSWER = "release", "coverage"
"""What the answer about one thing says beside the thing, whatever is chosen."""
Pairs = list[tuple[str, str]]
Columns = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Choice:
    """Which keys are shown, all if none is named; and whether the claims are.

    In: `words` are the keys and the columns that were named; a column shows its key, and a key in
    a table all of its columns.
    """

    fields: frozenset[str] = frozenset()
    has_claims: bool = False
    words: frozenset[str] = frozenset()

    def shows(self, key: str) -> bool:
        """Return whether a key is shown."""
        chosen = (*IDENTITY, *self.fields, *([CLAIMS] if self.has_claims else ()))
        return not self.fields or key in chosen

    def of(self, item: Mapping[str, Json]) -> dict[str, Json]:
        """Return what is shown of an item."""
        if not self.fields:
            return dict(item)
        return {key: value for key, value in item.items() if self.shows(key)}

    def of_answer(self, body: Mapping[str, Json]) -> dict[str, Json]:
        """Return what is shown of the answer about one thing."""
        return {
            key: value for key, value in body.items() if self.shows(key) or key in _ABOUT_ANSWER
        }

    def columns(self, by_key: Columns) -> list[str]:
        """Return the columns of a table of such items."""
        left_out = self.left_out(by_key)
        shown = [name for key, names in by_key.items() if self.shows(key) for name in names]
        shown = [name for name in shown if name not in left_out]
        return [*shown, CLAIMS] if self.has_claims and CLAIMS not in by_key else shown

    def left_out(self, by_key: Columns) -> set[str]:
        """Return the columns that stand beside those that were named, which alone are shown."""
        named = {key for key in self.fields if key not in self.words}
        return {name for key in named for name in by_key[key] if name not in self.words}


def read_choice(
    pairs: Sequence[tuple[str, str]], keys: Columns, also: Sequence[str] = ()
) -> tuple[Choice, Pairs]:
    """Return what is chosen, and the pairs of names and values that are about something else.

    In: the keys there are, each with its columns in a table; the words that `with` takes beside
    `claims`, which are left to others.
    Raises: WrongParameter, naming the parameter and what it accepts.
    """
    others: Pairs = []
    chosen: frozenset[str] = frozenset()
    has_claims = False
    key_of = {key: key for key in keys}
    for key, names in keys.items():
        key_of |= {name: key for name in names if name not in key_of}
    _check_once([name for name, _ in pairs])
    for name, value in pairs:
        if name == FIELDS:
            chosen = frozenset(_words(FIELDS, value, key_of))
        elif name == WITH:
            words = _words(WITH, value, [*also, CLAIMS])
            has_claims = CLAIMS in words
            rest = ",".join(word for word in words if word != CLAIMS)
            others += [(WITH, rest)] if rest else []
        else:
            others.append((name, value))
    return Choice(frozenset(key_of[word] for word in chosen), has_claims, chosen), others


def _check_once(names: Sequence[str]) -> None:
    for name in (FIELDS, WITH):
        if names.count(name) > 1:
            accepted = f"{name} once, with a comma between its words"
            raise WrongParameter(f"{name} is given more than once", name, [accepted])


def _words(name: str, value: str, accepted: Collection[str]) -> list[str]:
    """Return the words of a value, each of which has to be known."""
    words = [word for word in value.split(",") if word]
    if not words:
        expected = f"some of {', '.join(accepted)}"
        raise WrongParameter(
            f"{name}: its value is empty; expected {expected}", value, list(accepted)
        )
    for word in words:
        if word not in accepted:
            expected = ", ".join(accepted)
            raise WrongParameter(
                f"{name}: {word!r} is not possible; expected some of {expected}",
                word,
                list(accepted),
            )
    return words
