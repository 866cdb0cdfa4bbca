"""Forms are read as the standard library reads them, in the time of their length."""

import random
from urllib.parse import parse_qsl, unquote_to_bytes

import pytest

from api.http.forms import pairs_of, unescaped
from ontology.errors import WrongParameter
from tests.fixtures.stopwatch import processor_s

PIECES = [
    b"%20",
    b"%0A",
    b"%0D%0A",
    b"\r\n",
    b"\n",
    b" ",
    b"+",
    b"=",
    b"_",
    b"%3D",
    b"%3d",
    b"%C3%A9",
]
ODD = [b"a", b"%", b"%4", b"%zz", b".", b"\t", b"\x00", b"=\n", b"&", b"q=", b"&&", b"%25"]


def test_texts_are_those_of_the_standard_library() -> None:
    """Escapes that are none, and signs that the reader of mails knows, included."""
    chance = random.Random(5)
    read = 0
    for _ in range(20_000):
        text = b"".join(chance.choice(PIECES + ODD) for _ in range(chance.randrange(12)))
        assert unescaped(text) == unquote_to_bytes(text.replace(b"+", b" ")), text
        try:
            pairs = parse_qsl(text.decode(), keep_blank_values=True, errors="strict")
        except UnicodeDecodeError:
            with pytest.raises(WrongParameter):
                pairs_of(text)
            continue
        assert pairs_of(text) == pairs, text
        read += 1
    assert read > 10_000


def test_a_text_all_of_escapes_takes_less_than_with_the_standard_library() -> None:
    """Everybody else waits while it is read."""
    text = b"%7B" * 100_000
    assert unescaped(text) == unquote_to_bytes(text) == b"{" * 100_000
    theirs_s = processor_s(lambda: unquote_to_bytes(text), tries=3)
    assert processor_s(lambda: unescaped(text), tries=3) < theirs_s


@pytest.mark.parametrize(
    ("form", "told"), [(b"&".join([b"a=b"] * 1_001), "1,001 parameters"), (b"query=%FF", "UTF-8")]
)
def test_what_is_not_read(form: bytes, told: str) -> None:
    """More parameters than any request has, and bytes that are no text."""
    with pytest.raises(WrongParameter, match=told):
        pairs_of(form)
