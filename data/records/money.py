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


class Remuneration(Entity):
    """Pay or cost of those who hold an office, or a limit to it, for one period."""

    id: str
    council: Annotated[Statements, Claims(CI.ofCouncil, "council")]
    regime: Annotated[Statements, Claims(CI.regime, "regime")]
    paid_to: Annotated[Statements, Claims(CI.paidTo, "reference")] = []
    paid_for: Annotated[Statements, Claims(CI.paidFor, "text")]
    kind: Annotated[Statements, Claims(CI.payKind, "pay-kind")]
    basis: Annotated[Statements, Claims(CI.payBasis, "pay-basis")]
    per: Annotated[Statements, Claims(CI.paidPer, "duration")] = []
    amount_gbp: Annotated[Statements, Claims(CI.amountGbp, "decimal")] = []
    days: Annotated[Statements, Claims(CI.days, "decimal")] = []
    period: Annotated[Times, Claims(CI.payPeriod, "time")] = []
    summary: Annotated[Statements, Claims(CI.summary, "text")] = []
