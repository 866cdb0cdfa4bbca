"""A command that answers late says that it is at work; one that answers at once says nothing."""

import time

import pytest

from loaders.commands.progress import patience


def test_patience(capsys: pytest.CaptureFixture[str]) -> None:
    """The words go where errors go: what is asked for stays clean."""
    with patience("Asking", every_s=0.01):
        time.sleep(0.2)
    told = capsys.readouterr()
    assert not told.out and "Asking for 0.01 s; end it with Ctrl+C" in told.err


def test_what_is_quick_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    """Not before the time is over, and not after the end."""
    with patience("Asking", every_s=0.1):
        pass
    time.sleep(0.2)
    assert capsys.readouterr() == ("", "")
