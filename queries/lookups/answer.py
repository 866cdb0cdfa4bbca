"""Answer a look-up as the engine would, to the byte; None for everything else."""

import re
from collections.abc import Sequence

from queries.engine.interface import RESULTS_JSON
from queries.lookups.plan import ADDRESS, TEXT, Plan, plan_of
from queries.lookups.rows import Row, rows_of
from queries.lookups.table import LookupTable
from queries.lookups.terms import RDF_TYPE, KnownTerm

MEDIA_TYPES = frozenset((RESULTS_JSON, "text/csv"))
"""Formats in which look-ups are answered."""
_LONGEST_CHARACTERS = 2_000

# takes: "council:NFK "
# takes: "\"2018-01-01\"^^xsd:date ;"
# takes: "<http://example.org/> ."
# leaves: "a:b.c "
# leaves: "'text' "
_CONSTANT = re.compile(
    r"""(
    < https?:// [^<>"{}|^`\\\x00-\x20]* >
  | " [^"\\\n\r]* "
    (?: @ [a-z]{1,8} (?: - [a-z0-9]{1,8} )*
      | \^\^ < https?:// [^<>"{}|^`\\\x00-\x20]* >
      | \^\^ [A-Za-z] [A-Za-z0-9_-]* : [A-Za-z] [A-Za-z0-9_]* )?
    (?= [ \t\r\n;,}] | \. (?: [ \t\r\n}] | $ ) | $ )
  | (?<! [^ \t\r\n;,{] ) (?: [A-Za-z] [A-Za-z0-9_-]* )? : [A-Za-z0-9_] [A-Za-z0-9_-]*
    (?= [ \t\r\n;,}] | \. (?: [ \t\r\n}] | $ ) | $ )
    )""",
    re.VERBOSE,
)
# takes (fullmatch): " LIMIT 5 # mine"
# takes (fullmatch): " LIMIT 5 OFFSET 2#mine"
# leaves (fullmatch): " ORDER BY ?name"
_TAIL = re.compile(
    r"""[ \t\r\n]*
    (?: (?i:LIMIT) [ \t\r\n]+ (?P<limit> [0-9]{1,9} ) (?= [ \t\r\n#] | $ ) [ \t\r\n]* )?
    (?: (?i:OFFSET) [ \t\r\n]+ (?P<offset> [0-9]{1,9} ) (?= [ \t\r\n#] | $ ) [ \t\r\n]* )?
    (?: \# [^\n\r]* )? """,
    re.VERBOSE,
)


def answer(table: LookupTable, text: str, media_type: str) -> bytes | None:
    """Return the answer to a query, or None for what the engine has to answer.

    Guarantee: a query is never refused here; every name in it is one that the table holds, so what
    the engine would refuse as no name is left to it.
    """
    # The engine removes dot segments from addresses; two brackets can be of two groups.
    if len(text) > _LONGEST_CHARACTERS or media_type not in MEDIA_TYPES or "/." in text:
        return None
    head, opening, rest = text.partition("{")
    body, closing, tail = rest.rpartition("}")
    told = _TAIL.fullmatch(tail)
    if not closing or told is None or ADDRESS in body or TEXT in body:
        return None
    parts = _CONSTANT.split(body)
    constants = parts[1::2]
    parts[1::2] = [TEXT if constant[0] == '"' else ADDRESS for constant in constants]
    plan = plan_of(head + opening, "".join(parts))
    terms = None if plan is None else _known(table, plan, constants)
    if plan is None or terms is None:
        return None
    rows = rows_of(plan, table, terms)
    if rows is None:
        return None
    start = int(told["offset"] or 0)
    rows = rows[start : None if told["limit"] is None else start + int(told["limit"])]
    return _written(plan, rows, is_json=media_type == RESULTS_JSON)


def _known(table: LookupTable, plan: Plan, constants: Sequence[str]) -> list[KnownTerm] | None:
    """Return the terms that the constants name; None if the table does not hold one of them."""
    terms = [table.terms.get(_in_full(constant, plan)) for constant in (*constants, RDF_TYPE)]
    return [term for term in terms if term] if all(terms) else None


def _in_full(constant: str, plan: Plan) -> str:
    """Return a constant as N-Triples has it; nothing for one whose prefix stands for nothing."""
    value, mark, name = "", "", constant
    if constant[0] == '"' and constant[-1] not in '">':
        value, mark, name = constant.rpartition("^^")
    if name[0] in '<"':
        return constant
    prefix, _, local = name.partition(":")
    address = plan.prefixes.get(f"{prefix}:")
    return "" if address is None else f"{value}{mark}<{address}{local}>"


def _written(plan: Plan, rows: Sequence[Row], *, is_json: bool) -> bytes:
    if not plan.is_table:
        answered = "true" if rows else "false"
        return (f'{{"head":{{}},"boolean":{answered}}}' if is_json else answered).encode()
    if not is_json:
        lines = [",".join([term.csv if term else "" for term in row]) for row in rows]
        return "".join([f"{line}\r\n" for line in (",".join(plan.columns), *lines)]).encode()
    terms = [term for row in rows for term in row]
    if all(terms):
        told = ",".join([plan.row] * len(rows)) % tuple([term.json for term in terms if term])
    else:
        told = ",".join([_in_part(plan, row) for row in rows])
    return f"{plan.beginning}{told}]}}}}".encode()


def _in_part(plan: Plan, row: Row) -> str:
    """Return a row in JSON of which some columns have no value."""
    cells = zip(plan.columns, row, strict=True)
    return "{" + ",".join([f'"{column}":{term.json}' for column, term in cells if term]) + "}"
