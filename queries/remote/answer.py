"""Read what a store answered, prove it whole, and write it in the wanted media type.

Rows are taken over as JSON and triples as N-Triples whatever the visitor wants, and are read before
they are passed on: a body that is cut, or that ends in a message, is found. It also makes the
answers of different stores alike.
"""

import re

import pyoxigraph as ox

from ontology.errors import EngineFailed, InterventionsError, QueryRefused, QueryTooLarge
from queries.engine.formats import RDF_FORMATS
from queries.engine.interface import GRAPH_FORMATS, N_TRIPLES, RESULTS_JSON, TURTLE
from queries.engine.limits import QueryLimits
from queries.engine.row_limit import LimitedBuffer
from queries.engine.xml_check import checked_xml

ACCEPT_ROWS = f"{RESULTS_JSON}, application/json;q=0.5"
ACCEPT_TRIPLES = f"{N_TRIPLES}, {TURTLE};q=0.5"
_BLANK = re.compile(rb'("type"\s*:\s*"bnode"\s*,\s*"value"\s*:\s*")([^"]*)')
"""A blank node; some stores name them by addresses, which no format allows."""
_YES = b'{"head":{},"boolean":true}'
_NO = b'{"head":{},"boolean":false}'
_MESSAGE_CHARACTERS = 300


def rewritten(body: bytes, form: str, media_type: str, limits: QueryLimits) -> bytes:
    """Return the body of a store in the wanted media type.

    Raises: EngineFailed for one that is not whole or not what was asked for; QueryTooLarge;
    QueryRefused for what the media type cannot say.
    """
    outcome = _attempt(body, form, media_type, limits)
    if isinstance(outcome, InterventionsError):
        raise outcome
    return checked_xml(outcome, media_type)


def _attempt(
    body: bytes, form: str, media_type: str, limits: QueryLimits
) -> bytes | InterventionsError:
    """Return the body in the wanted media type, or the error to raise.

    What is read must end in the thread that reads it. An error raised while it is there would carry
    it, in its traceback, into the thread that asked; so it is raised where none is left.
    """
    output = LimitedBuffer(limits.answer_bytes, limits.answer_rows, media_type)
    try:
        if form in ("CONSTRUCT", "DESCRIBE"):
            # One graph: a triple counts once, even where a store writes it twice.
            triples = ox.Dataset(
                ox.Quad(triple.subject, triple.predicate, triple.object)
                for triple in ox.parse(body, ox.RdfFormat.TURTLE)
            )
            ox.serialize(triples, output, RDF_FORMATS[GRAPH_FORMATS[media_type]])
        else:
            _write_rows(body, form, media_type, output)
    except QueryTooLarge as error:
        return QueryTooLarge(str(error))
    except OSError as error:
        # RDF/XML has words of its own that can be no properties.
        return QueryRefused(f"the answer cannot be written as {media_type}: {error}")
    except (SyntaxError, ValueError) as error:
        # A store writes at the end why it broke off.
        end = body[-_MESSAGE_CHARACTERS:].decode("utf-8", "replace")
        return EngineFailed(
            f"the store broke off its answer or sent something else: {error}; its end is {end!r}"
        )
    return output.getvalue()


def _write_rows(body: bytes, form: str, media_type: str, output: LimitedBuffer) -> None:
    if b'"bnode"' in body:
        body = _BLANK.sub(lambda m: m[1] + re.sub(rb"[^\w]+", b"_", m[2]), body)
    result = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
    if form == "ASK" and isinstance(result, ox.QuerySolutions):
        # Virtuoso tells it as a number in the only row, and no as a table without rows.
        cells = [row[0] for row in result]
        is_so = bool(cells) and isinstance(cells[0], ox.Literal) and cells[0].value in ("1", "true")
        result = ox.parse_query_results(_YES if is_so else _NO, ox.QueryResultsFormat.JSON)
    if (form == "ASK") != isinstance(result, ox.QueryBoolean):
        raise ValueError(f"the answer does not fit a query of the form {form}")
    result.serialize(output, ox.QueryResultsFormat.from_media_type(media_type))
