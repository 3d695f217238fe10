"""Addresses that a server may not lead us to, in whatever way they are written."""

import ipaddress
import socket

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

NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""IPv4 addresses as networks without IPv4 reach them (RFC 6052, 2.1)."""


Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def leads_astray(host: str, *, local: bool, private: bool) -> bool:
    """Whether a host is a number that no image is fetched from; a name is not judged here.

    Those are link-local addresses and metadata services, this machine unless ``local``, and
    networks that the internet does not reach unless ``private``.
    """
    address = _numbers(host)
    if address is None:
        return False
    if address.is_link_local or address.is_multicast or address in METADATA:
        return True
    here = address.is_loopback or address.is_unspecified
    return not local if here else _is_inside(address) and not private


def is_private(host: str) -> bool:
    """Whether a host is a number that the internet does not reach, this machine included."""
    address = _numbers(host)
    return address is not None and _is_inside(address)


def _is_inside(address: Address) -> bool:
    """RFC 1918, 4193, 6598 and whatever else IANA's registries call not globally reachable."""
    return not address.is_global or (address.version == 6 and address.is_site_local)  # noqa: PLR2004 - IPv6


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
