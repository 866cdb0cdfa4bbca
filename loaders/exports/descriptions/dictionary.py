"""The tables in words: what a row is, and what each column means."""

from collections.abc import Iterator, Sequence

from loaders.exports.facts import Facts
from queries.tables.cells import FileColumn
from queries.tables.declaration import FURTHER, SEVERAL, Table, tables
from queries.tables.former import lines_of_former

_HEAD = f"""# The tables of {{title}}, release {{release}}

Each table is `tables/NAME.csv` (UTF-8 without a byte order mark, CRLF, a head, empty where nothing
is stated) and `tables/NAME.parquet`; all are in `council-interventions.sqlite` and
`council-interventions.duckdb`. The columns are the same in every release; new ones come last, and
the changelog announces them. A table that was given up stands at the end, with where its rows are.
A column that the rows of one kind have, and those of another have not, is empty in these.

A column `x` of a time has, in `x`, the date in the Extended Date/Time Format, beside it the first
and the last day that it can be, how exactly it is known, and the words of the source. `x_label` is
the name of the thing in `x`. A cell with several values has `{SEVERAL.strip()}` between them; each
stands by itself in `{FURTHER}`. A cell that a spreadsheet would take for a formula begins with an
apostrophe. What a cell does not say is not known or was not read: the table `coverage` tells which.

{{rights}}

Cite as: {{citation}}
"""
_ROW_OF_FURTHER = "one value of a column that has several, or whose cells do not hold it exactly"
_FORMER = "## Tables of earlier releases\n\n"


def dictionary(facts: Facts) -> str:
    """Return the data dictionary as Markdown."""
    told = facts.publication
    parts = [
        _HEAD.format(
            title=told.title,
            release=facts.release,
            rights=told.rights,
            citation=facts.citation,
        ),
        *(_table(table, facts) for table in tables()),
        _section("Further values", FURTHER, _ROW_OF_FURTHER, facts),
        _FORMER + "".join(lines_of_former()),
    ]
    return "\n".join(parts)


def _table(table: Table, facts: Facts) -> str:
    return _section(table.title, table.name, table.row, facts)


def _section(title: str, name: str, row: str, facts: Facts) -> str:
    count = facts.content.counts[name]
    lines = _lines(facts.content.columns[name])
    head = "| column | type | meaning |\n|---|---|---|\n"
    return f"## {title} (`{name}`)\n\n{count:,} rows; a row is {row}.\n\n{head}{''.join(lines)}"


def _lines(columns: Sequence[FileColumn]) -> Iterator[str]:
    for column in columns:
        unit = f" ({column.unit})" if column.unit else ""
        refers = f"; a row of `{column.refers}`" if column.refers else ""
        meaning = f"{column.meaning}{unit}{refers}".replace("|", "\\|")
        yield f"| `{column.name}` | {column.type} | {meaning} |\n"
