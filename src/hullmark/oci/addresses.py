"""Addresses that a server may not lead us to, in whatever way they are written."""

import ipaddress
import socket

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

NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""IPv4 addresses as networks without IPv4 reach them (RFC 6052, 2.1)."""


def leads_astray(host: str, *, local: bool) -> bool:
    """Whether a host is a number that no image is fetched from; a name is not judged here.

    Those are link-local addresses and metadata services, and this machine unless ``local``.
    """
    address = _numbers(host.strip("[]").partition("%")[0].rstrip("."))
    if address is None:
        return False
    here = address.is_loopback or address.is_unspecified
    astray = address.is_link_local or address.is_multicast or address in METADATA
    return astray or (here and not local)


def _numbers(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address that a host is written as; ``2852039166`` and ``0x7f.1`` are some too."""
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
