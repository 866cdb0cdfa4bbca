"""Compare the duties of a direction, with bearers and deadlines, with those on a sheet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from data.records.acts import Deadline, Duty, WrittenInstrument
from loaders.documents.record.candidate import Candidate
from loaders.evaluation.tallies import Counting, Tally, is_certain, words_of

_BEARERS = {"council": "authority", "post": "commissioners", "office": "secretary of state"}


def _label(text: str) -> str:
    """Return a label as it is compared.

    >>> _label("annex B 2(a)"), _label("annex-B.2.a")
    ('annexb2a', 'annexb2a')
    """
    return re.sub(r"[^a-z0-9]", "", text.casefold())


def compare_duties(
    gold: Mapping[str, Any],
    candidate: Candidate | None,
    own: WrittenInstrument | None,
    counting: Counting,
) -> None:
    """Count duties with their bearer, and the deadlines of those that were found."""
    wanted = list(gold["duties"])
    duties, limits = counting.tallies.setdefault("duties", Tally()), Tally()
    counting.tallies["deadlines"] = limits
    duties.gold = len(wanted)
    limits.gold = sum(len(_limits_wanted(each)) for each in wanted)
    for duty, words in _found_duties(candidate, own):
        match = _matching(words, duty, wanted)
        if match is None:
            if not _is_neutral(gold, duty, words):
                duties.found += 1
                duties.certain += is_certain(duty.bearer[0])
                counting.differences.append(f"duties: wrong {duty.paragraph} {words[:60]}")
            continue
        wanted.remove(match)
        duties.found += 1
        bearer = _bearer(duty.bearer[0].value)
        also = match.get("bearer_also") or []
        right = bearer in [match["bearer"], *([also] if isinstance(also, str) else also)]
        duties.right += right
        duties.certain += not right and is_certain(duty.bearer[0])
        if not right:
            counting.differences.append(f"duties: wrong bearer {duty.paragraph} {bearer}")
        _compare_limits(match, duty, limits, counting)
    for each in wanted:
        counting.differences.append(
            f"duties: missed {each['label']} ({each['bearer']}) {each['words']}"
        )


def _bearer(reference: str) -> str:
    """Return a bearer as sheets say it: who only advises is neither council nor commissioner.

    >>> _bearer("post/RUT-best-value"), _bearer("post/RUT-adviser"), _bearer("council/RUT")
    ('commissioners', 'other', 'authority')
    """
    if re.search(r"-(?:adviser|improvement-partner|board-chair)$", reference):
        return "other"
    return _BEARERS.get(reference.partition("/")[0], "other")


def _found_duties(
    candidate: Candidate | None, own: WrittenInstrument | None
) -> Iterator[tuple[Duty, str]]:
    """Yield each duty with the whole words of its passage."""
    if candidate is None or own is None:
        return
    for duty in (*own.requirements, *own.tasks, *own.duties_of_others):
        yield duty, " ".join(candidate.document.text[duty.start : duty.end].split())


def _matching(
    words: str, duty: Duty, wanted: Sequence[Mapping[str, Any]]
) -> Mapping[str, Any] | None:
    """Return the duty of a sheet that begins as words do, or stands in them near the beginning."""
    given = " ".join(words_of(words))
    begins = [each for each in wanted if given.startswith(" ".join(words_of(each["words"])))]
    inside = [each for each in wanted if " ".join(words_of(each["words"])) in given]
    label = _label(duty.paragraph)
    labelled = [each for each in inside if _label(str(each["label"] or "")) == label]
    return next(iter([*labelled, *begins, *inside]), None)


def _is_neutral(gold: Mapping[str, Any], duty: Duty, words: str) -> bool:
    """Return whether a sheet leaves words out of the count: a part, or what it names so."""
    parts = {_label(part) for each in gold["duties"] for part in each.get("parts", ())}
    plain = " ".join(words_of(words))
    left_out = (" ".join(words_of(each)) for each in gold.get("not_counted", ()))
    return _label(duty.paragraph) in parts or any(each in plain for each in left_out)


def _limits_wanted(duty: Mapping[str, Any]) -> list[str]:
    """Return the limits of a duty on a sheet that a record can hold."""
    limit = duty.get("deadline") or {}
    values = [*(limit.get(name) for name in ("date", "relative", "every")), *duty.get("also", ())]
    return [_length(str(value).removeprefix("-")) for value in values if value]


def _length(value: str) -> str:
    """Return a length of time in days where it is one in weeks.

    >>> _length("P6W"), _length("2018-03-31")
    ('P42D', '2018-03-31')
    """
    weeks = re.fullmatch(r"P(\d+)W", value)
    return f"P{7 * int(weeks[1])}D" if weeks else value


def _compare_limits(
    match: Mapping[str, Any], duty: Duty, limits: Tally, counting: Counting
) -> None:
    wanted = Counter(_limits_wanted(match))
    printed = bool(match.get("deadline"))
    for deadline in duty.deadlines:
        for value in _limits_found(deadline):
            if printed and not _limits_wanted(match):
                continue
            limits.found += 1
            right = wanted[value] > 0
            wanted[value] -= right
            limits.right += right
            limits.certain += not right and is_certain(deadline)
            if not right:
                counting.differences.append(f"deadlines: wrong {duty.paragraph} {value}")
    for value in wanted.elements():
        counting.differences.append(f"deadlines: missed {duty.paragraph} {value}")


def _limits_found(deadline: Deadline) -> Iterator[str]:
    for time in [*deadline.due, *deadline.first_due]:
        if time.date:
            yield time.date
    for said in [*deadline.offset, *deadline.period]:
        yield said.value
    for said in deadline.amount:
        yield f"P{said.value}D"
