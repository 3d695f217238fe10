"""Addresses that a server may not lead us to, in whatever way they are written."""

import ipaddress
import socket
from enum import IntEnum

PORTS = {"http": 80, "https": 443}
"""Of the schemes that a registry is asked by."""

METADATA = frozenset(
    ipaddress.ip_address(address)
    for address in (
        "100.100.100.200",
        "192.0.0.192",
        "168.63.129.16",
        "fd00:ec2::23",
        "fd00:ec2::254",
        "fd20:ce::254",
        "fd00:c1::a9fe:a9fe",
        "fd00:42::42",
    )
)
"""Where clouds tell a machine its secrets, beside the link-local 169.254.169.254."""

CLOTHES = tuple(map(ipaddress.IPv6Network, ("64:ff9b:1::/48", "::/96", "::ffff:0:0:0/96")))
"""Other ways to write IPv4 addresses as IPv6: nobody keeps images there (RFC 8215, 4291, 7915)."""

NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""IPv4 addresses as networks without IPv4 reach them (RFC 6052, 2.1)."""


Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Reach(IntEnum):
    """From where somebody speaks, and so how far in they may lead us."""

    INTERNET = 0
    NETWORK = 1
    """A network that the internet does not reach."""
    MACHINE = 2
    USER = 3
    """Who may name any address."""


def leads_astray(host: str, reach: Reach) -> bool:
    """Whether a host is a number where nobody of this reach may lead; a name is not judged here.

    Only the user may lead to link-local addresses and metadata services.
    """
    address = None if reach is Reach.USER else _numbers(host)
    return address is not None and (_is_for_nobody(address) or _reach(address) > reach)


def reach_of(host: str) -> Reach:
    """From where an address speaks; a name is taken for one of the internet."""
    address = _numbers(host)
    return Reach.INTERNET if address is None else _reach(address)


def _reach(address: Address) -> Reach:
    """RFC 1918, 4193, 6598 and whatever else IANA's registries call not globally reachable."""
    if address.is_loopback or address.is_unspecified:
        return Reach.MACHINE
    inside = not address.is_global or (address.version == 6 and address.is_site_local)  # noqa: PLR2004 - IPv6
    return Reach.NETWORK if inside else Reach.INTERNET


def _is_for_nobody(address: Address) -> bool:
    here = address.is_loopback or address.is_unspecified
    clothed = not here and any(address in network for network in CLOTHES)
    return address.is_link_local or address.is_multicast or address in METADATA or clothed


def _numbers(host: str) -> Address | None:
    """The address that a host is written as; ``2852039166`` and ``0x7f.1`` are some too."""
    host = host.strip("[]").partition("%")[0].rstrip(".")
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        try:
            return ipaddress.IPv4Address(socket.inet_aton(host))
        except (OSError, UnicodeError):
            return None
    if isinstance(address, ipaddress.IPv6Address):
        inside = address.ipv4_mapped or address.sixtofour
        if address in NAT64:
            inside = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        return inside or address
    return address
