"""The rows of a look-up, found in the table; None where only the engine knows their order."""

from collections.abc import Sequence

from queries.lookups.plan import Pattern, Plan
from queries.lookups.table import MOST_ROWS, Fact, LookupTable
from queries.lookups.terms import KnownTerm

Row = list[KnownTerm | None]
"""A term, or none, for each column."""


def rows_of(plan: Plan, table: LookupTable, constants: Sequence[KnownTerm]) -> list[Row] | None:
    """Return the rows of a look-up, in the engine's order; None for what the engine has to answer.

    In: the constants of the query in their order, and behind them the address of `rdf:type`.
    Guarantee: no more work than `MOST_ROWS` subjects, each with at most as many facts.
    """
    subjects = _subjects(plan, table, constants)
    if subjects is None or (len(subjects) > 1 and len(plan.patterns) > 1):
        return None
    rows: list[Row] = []
    for subject in subjects:
        facts = table.facts.get(subject, ()) if plan.patterns else ()
        found = None if facts is None else _of_subject(plan, subject, facts, constants)
        if found is None:
            return None
        rows += found
    # In which order several rows of a join come, the engine alone knows; and which of the same
    # rows is the first of them.
    is_join = len(rows) > 1 and len(plan.patterns) > 1
    is_repeated = plan.is_distinct and len({tuple(map(id, row)) for row in rows}) < len(rows)
    return None if is_join or is_repeated or len(rows) > MOST_ROWS else rows


def _subjects(
    plan: Plan, table: LookupTable, constants: Sequence[KnownTerm]
) -> Sequence[KnownTerm] | None:
    if plan.key is None:
        subject, *others = [constants[place] for place in plan.subjects]
        return (subject,) if all(other is subject for other in others) else None
    predicate, value = plan.key.predicate.constant, plan.key.value.constant
    assert predicate is not None
    assert value is not None
    return table.subjects.get((constants[predicate], constants[value]), ())


def _of_subject(
    plan: Plan, subject: KnownTerm, facts: Sequence[Fact], constants: Sequence[KnownTerm]
) -> list[Row] | None:
    """Return the rows of one subject; None where two patterns have several values each."""
    known: dict[str | None, KnownTerm] = {plan.variable: subject}
    several: tuple[Pattern, list[Fact]] | None = None
    for pattern in plan.patterns:
        found = _facts_of(pattern, facts, constants)
        if len(found) == 1:
            known[pattern.predicate.variable], known[pattern.value.variable] = found[0]
        elif not found:
            if not pattern.is_optional:
                return []
        elif several is not None:
            return None
        else:
            several = pattern, found
    if several is None:
        return [[known.get(column) for column in plan.columns]]
    pattern, found = several
    row = [known.get(column) for column in plan.columns]
    places = [
        (plan.columns.index(term.variable), part)
        for part, term in enumerate((pattern.predicate, pattern.value))
        if term.variable in plan.columns
    ]
    if plan.columns == (pattern.predicate.variable, pattern.value.variable):
        return [list(fact) for fact in found]
    rows = []
    for fact in found:
        for place, part in places:
            row[place] = fact[part]
        rows.append(row.copy())
    return rows


def _facts_of(
    pattern: Pattern, facts: Sequence[Fact], constants: Sequence[KnownTerm]
) -> list[Fact]:
    predicate = None if (at := pattern.predicate.constant) is None else constants[at]
    value = None if (at := pattern.value.constant) is None else constants[at]
    if value is None:
        return [fact for fact in facts if predicate is None or fact[0] is predicate]
    return [
        fact for fact in facts if fact[1] is value and (predicate is None or fact[0] is predicate)
    ]
