"""Settings come from the environment, and a wrong one says what would be right."""

import os
from pathlib import Path

import pytest

from data.settings import PREFIX, Settings, read_settings, settings_table
from ontology.errors import WrongSetting
from tests.fixtures.guards import not_empty


@pytest.fixture(autouse=True)
def without_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the environment name no setting."""
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)


@pytest.mark.parametrize(
    ("variable", "text", "name", "value"),
    [
        ("INTERVENTIONS_PORT", "9000", "port", 9000),
        ("INTERVENTIONS_PORT", "", "port", 8000),
        ("INTERVENTIONS_STORE", "disk", "store", "disk"),
        ("INTERVENTIONS_DATA", "our tables", "data", Path("our tables")),
        ("INTERVENTIONS_CLIENT_REQUESTS", "60", "client_requests", 60),
        ("INTERVENTIONS_HOST", "localhost", "host", "localhost"),
        ("INTERVENTIONS_HOST", "::1", "host", "::1"),
        ("INTERVENTIONS_PROXIES", "*", "proxies", "*"),
        ("INTERVENTIONS_PROXIES", "::1, 10.0.0.0/8", "proxies", "::1, 10.0.0.0/8"),
        ("INTERVENTIONS_ENGINE", "http://[::1]:3030/a?b", "engine", "http://[::1]:3030/a?b"),
        ("INTERVENTIONS_DOCUMENTS", ".", "documents", Path()),
    ],
)
def test_a_variable_is_read_as_what_its_setting_holds(
    variable: str, text: str, name: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Numbers, folders and words; an empty text is the default."""
    monkeypatch.setenv(variable, text)
    assert getattr(read_settings(), name) == value


@pytest.mark.parametrize(
    ("variable", "text", "accepted"),
    [
        ("INTERVENTIONS_PORT", "70000", "less than or equal to 65535"),
        ("INTERVENTIONS_PORT", "http", "a valid integer"),
        ("INTERVENTIONS_QUERY_SECONDS", "0", "greater than 0"),
        ("INTERVENTIONS_QUERY_BYTES", "-1", "greater than 0"),
        ("INTERVENTIONS_QUERY_BYTES", "9" * 20, "less than or equal to 1099511627776"),
        ("INTERVENTIONS_VISITOR_QUERIES", "1000", "less than or equal to 64"),
        ("INTERVENTIONS_DELIVERY_SECONDS", "9" * 20, "less than or equal to 31622400"),
        ("INTERVENTIONS_STORE", "cloud", "'memory' or 'disk'"),
        ("INTERVENTIONS_CLIENT_REQUESTS", "many", "a valid integer"),
        ("INTERVENTIONS_CLIENT_REQUESTS", "6_0", "a valid integer"),
        ("INTERVENTIONS_PORT", "+9000", "a valid integer"),
        ("INTERVENTIONS_PORT", " 9000", "a valid integer"),
        ("INTERVENTIONS_PAGE_ITEMS", "1_0", "a valid integer"),
        ("INTERVENTIONS_QUERY_SECONDS", "5.0", "a valid integer"),
        ("INTERVENTIONS_HOST", "127.0.0.1:8000", "an address of this machine"),
        ("INTERVENTIONS_HOST", "127.0.0.256", "an address of this machine"),
        ("INTERVENTIONS_HOST", "http://localhost", "an address of this machine"),
        ("INTERVENTIONS_HOST", "two words", "an address of this machine"),
        ("INTERVENTIONS_PROXIES", "nonsense", "addresses or networks"),
        ("INTERVENTIONS_PROXIES", "127.0.0.1;10.0.0.1", "addresses or networks"),
        ("INTERVENTIONS_PROXIES", "127.0.0.1,", "addresses or networks"),
        ("INTERVENTIONS_PROXIES", "10.0.0.1/8", "addresses or networks"),
        ("INTERVENTIONS_PROXIES", "127.0.0.1,*", "addresses or networks"),
        ("INTERVENTIONS_PUBLIC_ADDRESS", "example.org", "an address that begins with https://"),
        ("INTERVENTIONS_PUBLIC_ADDRESS", "https://a:port/", "an address that begins with https"),
        ("INTERVENTIONS_ENGINE", "localhost:3030/ds", "the address of a SPARQL endpoint"),
        ("INTERVENTIONS_ENGINE", "http://localhost:99999/", "the address of a SPARQL endpoint"),
        ("INTERVENTIONS_ENGINE", "http://", "the address of a SPARQL endpoint"),
        ("INTERVENTIONS_ENGINE_USER", "me:secret", "a name without a colon"),
        ("INTERVENTIONS_DOCUMENTS", "nowhere", "a folder that is there"),
        ("INTERVENTIONS_ACCESS_LOG", "yes", "'off', 'text' or 'json'"),
        ("INTERVENTIONS_METRICS", "Open", "'loopback', 'open' or 'off'"),
        ("INTERVENTIONS_CLIENT_ADDRESSES", "none", "'shortened' or 'whole'"),
        ("INTERVENTIONS_QUERY_SECONDS", "\N{ARABIC-INDIC DIGIT FIVE}", "a valid integer"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_accepted(
    variable: str, text: str, accepted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that it can be set right without looking anything up."""
    monkeypatch.setenv(variable, text)
    with pytest.raises(WrongSetting) as caught:
        read_settings()
    assert str(caught.value).startswith(f"{variable}={text!r}; expected ")
    assert accepted in str(caught.value)


def test_an_unknown_variable_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slip of the pen must not leave a default in force."""
    monkeypatch.setenv("INTERVENTIONS_PROT", "9000")
    with pytest.raises(WrongSetting, match="unknown setting INTERVENTIONS_PROT; known are"):
        read_settings()


def test_a_variable_has_capitals(monkeypatch: pytest.MonkeyPatch) -> None:
    """What another program has in small letters is none of ours, and does not win over ours."""
    monkeypatch.setenv("INTERVENTIONS_PORT", "9000")
    monkeypatch.setenv("interventions_port", "9001")
    assert read_settings().port == 9000


def test_settings_given_by_a_caller_are_not_those_of_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is not given has its default."""
    monkeypatch.setenv("INTERVENTIONS_PORT", "9000")
    assert Settings(host="0.0.0.0").port == 8000


def test_no_file_of_settings_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the environment counts, wherever a command is started."""
    (tmp_path / ".env").write_text("INTERVENTIONS_PORT=9000\n")
    monkeypatch.chdir(tmp_path)
    assert read_settings().port == 8000


def test_the_password_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither in a trace nor in a log."""
    monkeypatch.setenv("INTERVENTIONS_ENGINE_PASSWORD", "swordfish")
    settings = read_settings()
    assert settings.engine_password == "swordfish"
    assert "swordfish" not in repr(settings)


def test_the_table_names_each_setting_once_with_its_unit() -> None:
    """The README shows this table."""
    table = {variable: rest for variable, *rest in settings_table()}
    assert list(table) == [f"INTERVENTIONS_{name.upper()}" for name in Settings.model_fields]
    assert table["INTERVENTIONS_FETCH_SECONDS"][:2] == ["60", "seconds"]
    assert table["INTERVENTIONS_CLIENT_REQUESTS"][:2] == ["None", "requests"]
    assert all(meaning.endswith(".") for _, _, meaning in not_empty(table.values()))
