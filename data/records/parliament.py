"""The form of what sources say of several councils at once: lists, and answers of ministers."""

from typing import Annotated

from data.records.statements import Claims, Entity, Statements, Times
from ontology.terms import CI


class ParliamentaryQuestion(Entity):
    """A question to a minister, and what was answered, in words of our own."""

    id: str
    house: Annotated[Statements, Claims(CI.house, "name")]
    number: Annotated[Statements, Claims(CI.questionNumber, "name")] = []
    asked: Annotated[Times, Claims(CI.asked, "time")] = []
    answered: Annotated[Times, Claims(CI.answered, "time")] = []
    asked_by: Annotated[Statements, Claims(CI.askedBy, "name")] = []
    answered_by: Annotated[Statements, Claims(CI.answeredBy, "name")] = []
    question: Annotated[Statements, Claims(CI.questionSummary, "text")]
    answer: Annotated[Statements, Claims(CI.answerSummary, "text")]


class CouncilList(Entity):
    """What a source says of several councils on a day: their names, their number, or neither."""

    id: str
    answer_to: Annotated[Statements, Claims(CI.answerTo, "reference")] = []
    counted_on: Annotated[Times, Claims(CI.countedOn, "time")]
    regime: Annotated[Statements, Claims(CI.regime, "regime")] = []
    said: Annotated[Statements, Claims(CI.summary, "text")]
    count: Annotated[Statements, Claims(CI.councilCount, "integer")] = []
    councils: Annotated[Statements, Claims(CI.namesCouncil, "council")] = []
    not_held: Annotated[Statements, Claims(CI.notHeld, "text")] = []
