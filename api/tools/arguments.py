"""Arguments of a tool as a client wrote them, each checked before anything is made of it."""

from collections.abc import Collection, Mapping

from api.http.problems import shortened
from api.views.serialisers import Json
from ontology.errors import WrongParameter

LONGEST_CHARACTERS = 200
"""Longest text of an argument that is no query."""
_JSON_NAMES: dict[type, str] = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "a text",
    list: "a list",
    dict: "an object",
}


def check_names(arguments: Mapping[str, Json], accepted: Collection[str]) -> None:
    """Check that a tool has every parameter that is given.

    Raises: WrongParameter, naming the parameter and those there are.
    """
    unknown = next((name for name in arguments if name not in accepted), None)
    if unknown is not None:
        told = shortened(unknown)
        message = f"unknown parameter {told!r}; accepted: {', '.join(accepted) or 'none'}"
        raise WrongParameter(message, told, list(accepted))


def needed(arguments: Mapping[str, Json], name: str, meaning: str) -> Json:
    """Return an argument that has to be given.

    Raises: WrongParameter if it is not.
    """
    if arguments.get(name) in (None, ""):
        raise WrongParameter(f"{name}: it is missing; expected {meaning}", None, [name])
    return arguments[name]


def text_of(name: str, value: Json, longest: int = LONGEST_CHARACTERS) -> str:
    """Return the text that an argument means; a whole number is taken as it is written.

    Raises: WrongParameter for anything else, and for what is too long or no text.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise _wrong_kind(name, value, "a text")
    if len(value) > longest:
        raise WrongParameter(
            f"{name}: it has {len(value):,} characters; at most {longest:,} are read",
            shortened(value),
            [f"at most {longest:,} characters"],
        )
    if "\0" in value or not _is_unicode(value):
        raise WrongParameter(f"{name}: it holds characters that no text has", None, ["Unicode"])
    return value


def texts_of(arguments: Mapping[str, Json], others: Collection[str]) -> list[tuple[str, str]]:
    """Return the arguments as pairs of names and texts, as they stand in an address.

    In: names that are read elsewhere. What is null is not given.
    """
    return [
        (shortened(name), text_of(shortened(name), value))
        for name, value in arguments.items()
        if value is not None and name not in others
    ]


def whole_number(arguments: Mapping[str, Json], name: str, default: int, most: int) -> int:
    """Return an argument that is a whole number from 1, or what holds where none is given.

    Raises: WrongParameter, saying what is accepted.
    """
    value = arguments.get(name)
    if value is None:
        return default
    is_number = isinstance(value, int) and not isinstance(value, bool)
    if not is_number or not 1 <= value <= most:
        told = shortened(str(value))
        message = f"{name}: {told!r} is not possible; expected a whole number from 1 to {most}"
        raise WrongParameter(message, told, [f"1-{most}"])
    return int(value)


def object_of(name: str, value: Json) -> Mapping[str, Json]:
    """Return an argument that is an object; none where it is not given.

    Raises: WrongParameter for anything else.
    """
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise _wrong_kind(name, value, "an object")
    return value


def _wrong_kind(name: str, value: Json, expected: str) -> WrongParameter:
    found = _JSON_NAMES.get(type(value), "nothing")
    return WrongParameter(f"{name}: expected {expected}, found {found}", None, [expected])


def _is_unicode(text: str) -> bool:
    """Return whether a text can be written; JSON can name half of a character."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
