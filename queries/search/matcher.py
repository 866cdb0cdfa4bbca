"""Find the council that a person means: surely, or with those that may be meant.

Each step compares names more loosely than the one before; the first that finds somebody decides.
It is sure only where it finds one, for a wrong council looks like a right answer.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from queries.search.asked import Asked, number_in, read_asked
from queries.search.councils import CouncilEntry, Period
from queries.search.name_index import NameIndex, most_slips
from queries.search.names import Name, plain_words, read_name, spellings

LONGEST_CHARACTERS = 200
"""No council has a name of more."""
_NEAREST = 3
_BORNE = 80
"""From which score on a name is taken for one that is borne, and not one that looks alike."""
_WRITTEN_ANOTHER_WAY = 98
"""The score of a name that only its writing tells from one on record; more is the name itself."""
_ALIKE = 0.55
"""How far the score of a name that only looks alike counts."""
_LEAST_ALIKE = 0.5


@dataclass(frozen=True)
class Candidate:
    """A council that may be meant, how well it fits from 0 to 100, and why, in words."""

    entry: CouncilEntry
    score: float
    because: str


@dataclass(frozen=True)
class Match:
    """Who may be meant, the best first; `is_sure` tells that it is the first and nobody else.

    In: `ended` are those who were named and were no longer there on the days that are asked about,
    where it is those after them who are meant.
    """

    asked: Asked
    candidates: tuple[Candidate, ...] = ()
    is_sure: bool = False
    ended: tuple[CouncilEntry, ...] = ()

    @property
    def entry(self) -> CouncilEntry | None:
        """The council that is surely meant."""
        return self.candidates[0].entry if self.is_sure else None

    @property
    def best(self) -> list[Candidate]:
        """The candidates of which none fits better than another."""
        return [one for one in self.candidates if one.score == self.candidates[0].score]

    @property
    def offered(self) -> list[CouncilEntry]:
        """Those to choose from: all that bear what was asked for, or the three nearest."""
        is_best = self.is_several or bool(self.ended)
        chosen = self.best if is_best else self.candidates[:_NEAREST]
        return [one.entry for one in chosen]

    @property
    def is_several(self) -> bool:
        """Whether several councils bear what was asked for: one has to be chosen."""
        return len(self.best) > 1 and self.best[0].score >= _BORNE


@dataclass(frozen=True)
class _Step:
    """What one way of comparing found; `ended` are those in whose place it found them."""

    codes: Sequence[str]
    score: float
    because: str
    is_sure: bool = True
    ended: Sequence[str] = ()


class CouncilMatcher:
    """Every council and authority, by whatever people write for it."""

    def __init__(self, entries: Iterable[CouncilEntry]) -> None:
        self.entries = {entry.code: entry for entry in entries}
        self._index = NameIndex(self.entries.values())

    def match(
        self,
        text: str,
        period: Period | None = None,
        kinds: Sequence[str] = (),
        most: int = 10,
        *,
        exactly: bool = False,
    ) -> Match:
        """Return who is meant by a name, code or number.

        In: the days that are meant, if the text itself names none; the kinds of body that count,
        or none for all; whether names with slips and those that only look alike are left out.
        """
        asked = read_asked(text[: LONGEST_CHARACTERS + 1])
        if period is not None and asked.period is None:
            asked = Asked(asked.text, period)
        if len(text) > LONGEST_CHARACTERS:
            return Match(asked)
        steps = [_of_kind(step, self.entries, kinds) for step in self._steps(asked.text, exactly)]
        found = [step for step in steps if step.codes]
        sure = [step for step in found if step.is_sure]
        chosen = self._chosen(sure, asked.period)
        is_sure = bool(chosen) and chosen[0].is_sure and len(chosen[0].codes) == 1
        alike = [] if is_sure or exactly else self._index.alike(asked.text, most)
        candidates = self._candidates([*chosen, *found], asked, alike)
        candidates = [one for one in candidates if not kinds or one.entry.kind in kinds][:most]
        ended = chosen[0].ended if chosen else ()
        return Match(asked, tuple(candidates), is_sure, tuple(self.entries[one] for one in ended))

    def containing(self, text: str) -> list[str]:
        """Return the codes of those with a text in a name, or as a number; else of those alike.

        Out: of misspelt names those that are surely meant, and all that share an ambiguous name;
        of a text with a day, who is meant on it, and of the others those that were there.
        """
        asked = read_asked(text[: LONGEST_CHARACTERS + 1])
        if asked.period is not None:
            match = self.match(text)
            meant = [match.entry] if match.entry else match.offered if match.is_several else []
            named = [self.entries[code] for code in self.containing(asked.text)]
            there = [one for one in named if one.existed_in(asked.period)]
            return list(dict.fromkeys(one.code for one in [*meant, *there]))
        numbered = self._index.numbers.get(number_in(text).casefold(), [])
        within = self._index.containing(text)
        if numbered or within:
            return list(dict.fromkeys([*numbered, *within]))
        if len(text) > LONGEST_CHARACTERS:
            return []
        return list(next((step.codes for step in self._steps(text) if step.codes), ()))

    def _steps(self, text: str, exactly: bool = False) -> Iterator[_Step]:
        """Yield what each way of comparing finds, from the strictest to the loosest."""
        numbers, index = self._index.numbers, self._index
        whole_text = text.strip().casefold()
        number = whole_text if whole_text in numbers else number_in(whole_text)
        yield _Step(numbers.get(number, ()), 100, "its code or number")
        name = read_name(text)
        if name is None:
            return
        if name.kinds:
            yield _Step(index.wholes.get(name.whole, ()), 100, "its name")
        bearers = index.with_core(name)
        fitting = [code for code in bearers if not index.contradicted(name, code)]
        is_sure = not index.shared_beginning(name, fitting)
        yield _Step(fitting, _WRITTEN_ANOTHER_WAY, "its name, written another way", is_sure)
        short = spellings().short.get(" ".join(plain_words(text)))
        yield _Step([short] if short in self.entries else [], 95, "a short form of its name")
        letters = "".join(plain_words(text)) if len(plain_words(text)) == 1 else ""
        codes, is_usual = index.with_initials(letters)
        yield _Step(codes, 90, "the first letters of its name", is_usual)
        yield _Step(index.beginning_with(name), 85, "the beginning of its name")
        if exactly:
            return
        yield self._misspelt(name)
        others = [*bearers, *index.twins(name)] if len(fitting) < len(bearers) else []
        yield _Step(others, 70, "its name, with another kind of council", is_sure=False)

    def _misspelt(self, name: Name) -> _Step:
        """Return whose name is spelled almost like one.

        It is sure if nobody else's is nearly as close, and the first letter is the same.
        """
        near = self._index.misspelt(name)
        if not near:
            return _Step([], 0, "")
        slips, spelling, _ = near[0]
        codes = list(dict.fromkeys(code for count, _, code in near if count == slips))
        rivals = [code for count, _, code in near if count <= slips + 1 and code not in codes]
        letters = name.squashed[1]
        starts_alike = {spelling[0]} & {letters[0], name.words[0][0]}
        few = slips <= most_slips(len(letters), sure=True)
        fitting = [code for code in codes if not self._index.contradicted(name, code)]
        is_sure = bool(starts_alike) and few and not rivals and fitting == codes
        return _Step(
            codes,
            88 - 4 * slips,
            f"its name but for {slips} {'letter' if slips == 1 else 'letters'}",
            is_sure,
        )

    def _chosen(self, sure: Sequence[_Step], period: Period | None) -> list[_Step]:
        """Return the step that decides, with the councils of the days that are asked about."""
        if not sure:
            return []
        if period is None:
            return [sure[0]]
        for step in [step for step in sure if step.score >= _WRITTEN_ANOTHER_WAY] or sure[:1]:
            alive = [code for code in step.codes if self.entries[code].existed_in(period)]
            if alive:
                return self._in_change(_Step(alive, step.score, step.because), period)
        return self._relatives(sure[0], period)

    def _in_change(self, step: _Step, period: Period) -> list[_Step]:
        """Return a step with those that took over within the days asked about, if any did."""
        after = [
            code
            for one in step.codes
            for code in self.entries[one].successors
            if code in self.entries and self.entries[code].existed_in(period)
        ]
        others = [code for code in dict.fromkeys(after) if code not in step.codes]
        if not others:
            return [step]
        words = f"it took over in the course of {period.words}"
        doubtful = _Step(step.codes, step.score, step.because, is_sure=False)
        return [doubtful, _Step(others, step.score - 5, words, is_sure=False)]

    def _relatives(self, step: _Step, period: Period) -> list[_Step]:
        """Return those that stood in the place of councils in other days."""
        ends = {one: self.entries[one].ended for one in step.codes}
        later = [one for one, ended in ends.items() if ended and ended <= period.first]
        after = self._line(later, "successors", period)
        if after:
            words = f"it had taken over by {period.words}"
            return [_Step(after, 90, words, ended=later)]
        earlier = [one for one in step.codes if one not in later]
        before = self._line(earlier, "predecessors", period)
        words = f"it was there before, in {period.words}"
        return [_Step(before, 80, words, is_sure=False)] if before else []

    def _line(self, codes: Sequence[str], way: str, period: Period) -> list[str]:
        """Return who was there on the days, up or down the line of councils."""
        found: list[str] = []
        waiting, seen = list(codes), set(codes)
        while waiting:
            for code in getattr(self.entries[waiting.pop(0)], way):
                if code in seen or code not in self.entries:
                    continue
                seen.add(code)
                alive = self.entries[code].existed_in(period)
                (found if alive else waiting).append(code)
        return found

    def _candidates(
        self, steps: Iterable[_Step], asked: Asked, alike: Iterable[tuple[float, str]]
    ) -> list[Candidate]:
        """Return the candidates of all steps, filled up with those whose names look alike."""
        best: dict[str, Candidate] = {}
        for step in steps:
            for code in step.codes:
                best.setdefault(code, Candidate(self.entries[code], step.score, step.because))
        if asked.period is not None and best:
            best = {
                code: one
                if one.entry.existed_in(asked.period)
                else Candidate(one.entry, one.score / 2, f"{one.because}, but not in these days")
                for code, one in best.items()
            }
        for share, code in alike:
            if share >= _LEAST_ALIKE and code not in best:
                score = round(100 * share * _ALIKE, 1)
                best[code] = Candidate(self.entries[code], score, "its name looks alike")
        return sorted(best.values(), key=_order)


def _of_kind(step: _Step, entries: dict[str, CouncilEntry], kinds: Sequence[str]) -> _Step:
    codes = [code for code in step.codes if not kinds or entries[code].kind in kinds]
    return _Step(codes, step.score, step.because, step.is_sure)


def _order(candidate: Candidate) -> tuple[float, bool, str]:
    """Return where a candidate stands: of those that fit alike, those of today come first."""
    return -candidate.score, candidate.entry.ended is not None, candidate.entry.name
