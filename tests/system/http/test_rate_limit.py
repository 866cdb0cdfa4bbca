"""How often one client may ask."""

from __future__ import annotations

from pathlib import Path

from api.http.rate_limit import MOST_CLIENTS, RateLimit
from tests.fixtures.guards import replaced
from tests.fixtures.servers.served import COUNT, serving, write_dataset


class Clock:
    """A clock that goes when it is told."""

    def __init__(self) -> None:
        """Start at none."""
        self.now_s = 1_000.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now_s


def test_a_share_for_every_moment() -> None:
    """A reserve for a minute; then one for each part of a minute that has gone by."""
    clock = Clock()
    rates = RateLimit(6, clock)
    assert [rates.admit("192.0.2.1") for _ in range(6)] == [0.0] * 6
    assert rates.admit("192.0.2.1") == 10.0
    assert rates.admit("192.0.2.2") == 0.0
    clock.now_s += 4
    assert round(rates.admit("192.0.2.1"), 6) == 6.0
    clock.now_s += 6.001
    assert rates.admit("192.0.2.1") == 0.0
    assert rates.admit("192.0.2.1") > 0
    clock.now_s += 3_600
    assert [rates.admit("192.0.2.1") > 0 for _ in range(7)] == [False] * 6 + [True]


def test_a_client_cannot_choose_another_address_in_its_network() -> None:
    """Of IPv6 the network counts; an IPv4 address in it is itself."""
    rates = RateLimit(1, Clock())
    assert rates.admit("2001:db8:0:1::1") == 0
    assert rates.admit("2001:db8:0:1:ffff::2") > 0
    assert rates.admit("2001:db8:0:2::1") == 0
    assert rates.admit("::ffff:192.0.2.1") == 0
    assert rates.admit("::ffff:192.0.2.2") == 0


def test_many_clients_take_little_room() -> None:
    """Those that came longest ago are forgotten."""
    rates = RateLimit(1, Clock())
    for number in range(MOST_CLIENTS + 10):
        rates.admit(f"client {number}")
    assert rates.admit("client 5") == 0
    assert rates.admit(f"client {MOST_CLIENTS}") > 0


def test_the_service_counts_by_client(tmp_path: Path) -> None:
    """Also what is kept, however it is asked for; other pages do not count."""
    dataset = write_dataset(tmp_path / "data.nq", 10)
    with serving(dataset=dataset, client_requests=4) as served:
        first = {"X-Forwarded-For": "192.0.2.1"}
        path = f"/sparql?query={COUNT.replace(' ', '+').replace('?', '%3F')}"
        statuses = [served.get(path, first).status for _ in range(3)]
        assert statuses == [200, 200, 200]
        assert served.get(replaced(path, "/sparql", "/sparql.json"), first).status == 200
        told = served.get(path, first)
        assert told.status == 429 and told.is_whole
        assert told.json()["type"] == "/docs#too-many-requests"
        assert 1 <= int(told.headers["retry-after"]) <= 15
        assert told.headers["access-control-allow-origin"] == "*"
        posted = served.request("POST", "/sparql", COUNT.encode(), first)
        assert posted.status == 429
        assert served.get("/directions", first).status == 200
        assert served.get(path, {"X-Forwarded-For": "192.0.2.2"}).status == 200


def test_without_the_setting_nothing_is_counted(tmp_path: Path) -> None:
    """As long as the operator has not chosen a rate."""
    dataset = write_dataset(tmp_path / "data.nq", 10)
    with serving(dataset=dataset) as served:
        assert {served.ask(COUNT).status for _ in range(70)} == {200}
