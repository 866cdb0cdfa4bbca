"""Addresses of clients as they are written down: without what points to one person."""

from ipaddress import ip_address, ip_network

_KEPT_BITS = {4: 24, 6: 48}
_ELSEWHERE = "unknown"


def shortened(address: str) -> str:
    """Return an address without its last part: of IPv4 a byte, of IPv6 all but the site's network.

    >>> shortened("198.51.100.77"), shortened("2001:db8:1:2::3"), shortened("::ffff:198.51.100.77")
    ('198.51.100.0', '2001:db8:1::', '198.51.100.0')
    """
    try:
        number = ip_address(address.partition("%")[0])
    except ValueError:
        return _ELSEWHERE
    number = getattr(number, "ipv4_mapped", None) or number
    network = ip_network(f"{number}/{_KEPT_BITS[number.version]}", strict=False)
    return str(network.network_address)
