"""The form of what sources say about money: support that ministers gave to a council.

Each field carries the property it states and the kind of its values, as in `data/records/form.py`.
"""

from typing import Annotated

from data.records.statements import Claims, Entity, Statements, Times
from ontology.terms import CI


class SupportAmount(Entity):
    """One amount of exceptional financial support for one council and financial year."""

    id: str
    council: Annotated[Statements, Claims(CI.ofCouncil, "council")]
    year: Annotated[Statements, Claims(CI.financialYear, "name")]
    to_year: Annotated[Statements, Claims(CI.lastFinancialYear, "name")] = []
    decided_in: Annotated[Statements, Claims(CI.decidedInYear, "name")] = []
    amount_gbp: Annotated[Statements, Claims(CI.amountGbp, "integer")] = []
    status: Annotated[Statements, Claims(CI.supportStatus, "support-status")] = []
    stated: Annotated[Times, Claims(CI.stated, "time")] = []
    supersedes: Annotated[Statements, Claims(CI.supersedes, "reference")] = []
    summary: Annotated[Statements, Claims(CI.summary, "text")] = []
