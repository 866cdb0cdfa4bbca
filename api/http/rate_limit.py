"""How many requests each client may send: a share for every moment, and a little in reserve."""

import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

MOST_CLIENTS = 10_000
_SECONDS_PER_MINUTE = 60
_NETWORK_BITS = 64
"""Of an IPv6 address; the rest a client can choose as it likes."""


class RateLimit:
    """Counts the requests of each client by the address they come from."""

    def __init__(
        self, requests_per_minute: int | None, now: Callable[[], float] = time.monotonic
    ) -> None:
        """Start with every client's reserve full; None lets everything pass."""
        self._most = requests_per_minute
        self._now = now
        self._clients: OrderedDict[str, tuple[float, float]] = OrderedDict()

    @property
    def is_on(self) -> bool:
        """Return whether there is anything to count."""
        return self._most is not None

    def admit(self, address: str) -> float:
        """Count a request, and return how long its client has to wait before the next is admitted.

        Out: 0 if this one is admitted.
        Units: seconds.

        >>> rates = RateLimit(2, now=lambda: 0.0)
        >>> [rates.admit("192.0.2.1") for _ in range(3)]
        [0.0, 0.0, 30.0]
        """
        if self._most is None:
            return 0.0
        now = self._now()
        client = _client(address)
        left, since = self._clients.pop(client, (float(self._most), now))
        per_second = self._most / _SECONDS_PER_MINUTE
        left = min(float(self._most), left + (now - since) * per_second)
        is_admitted = left >= 1
        self._clients[client] = (left - is_admitted, now)
        if len(self._clients) > MOST_CLIENTS:
            self._clients.popitem(last=False)
        return 0.0 if is_admitted else (1 - left) / per_second


def _client(address: str) -> str:
    """Return what stands for a client: its address, or the network that it has for itself."""
    if ":" not in address:
        return address
    try:
        number = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(number, IPv6Address) and number.ipv4_mapped is None:
        return str(int(number) >> (number.max_prefixlen - _NETWORK_BITS))
    return address
