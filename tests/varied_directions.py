"""Directions to one council made by hand, with recitals, duties and ends as a test wants them."""

from __future__ import annotations

from tests.small_documents import candidate, facts

HEAD = (
    "STATUTORY DIRECTION TO DEVON COUNTY COUNCIL UNDER SECTION 497A(4B) OF THE EDUCATION ACT 1996\n"
)
SIGNED = "\nSigned on behalf of the Secretary of State for Education\n\nDated: 4 March 2022\n"
OWN = "direction/DEV-2022-51"


def document(recitals: str, duties: str, end: str = SIGNED) -> str:
    """Return a direction to Devon with recitals of a kind and duties of a kind."""
    directs = (
        "Pursuant to section 497A(4B) of the Education Act 1996, the Secretary of State directs "
        "Devon County Council as follows:"
    )
    return f"{HEAD}\nWHEREAS:\n\n{recitals}\n\nNOW THEREFORE:\n\n2. {directs}\n{duties}\n{end}"


def values(text: str, name: str) -> set[str]:
    """Return the values that a text gives for a property."""
    return {value for _, prop, value in facts(text) if prop == name}


def paragraphs(text: str) -> set[str]:
    """Return the paragraphs of the duties of a text."""
    record = candidate(text).record
    return {duty.paragraph for one in record.directions for duty in one.requirements}


ONE = "1. The Secretary of State for Education has considered the matter."
