"""Versions of opkg, the package manager of OpenWrt and OpenEmbedded.

Source: ``verrevcmp`` and ``parse_version`` of https://git.yoctoproject.org/opkg/
"""

from re import compile as regex

from hullmark.model import ParseError
from hullmark.unit import scheme
from hullmark.versions.dpkg import Key, debian_key

_VERSION = regex(r"(?:([0-9]{1,20}):)?([!-.0-~]+)").fullmatch


@scheme(
    id="opkg",
    ordered=("1~", "1", "1-1", "1a-1", "1.0-r1", "1.0-r10", "1.0.1", "git-24.1-1", "1:0.1"),
    equal=(("1.0", "0:1.0-0"), ("1.0", "1.0-"), ("1.01-r0", "1.1-r00")),
    invalid=("", "a:1", "1 2", "1:", "-1", "1/2", "1\u0660"),
)
def opkg(version: str) -> Key:
    """As dpkg orders, but with any printable sign but a slash; opkg itself refuses nothing."""
    match = _VERSION(version)
    epoch, rest = match.groups("0") if match else ("", "")
    upstream, dash, revision = rest.rpartition("-")
    if not dash:
        upstream, revision = rest, "0"
    if not upstream or (":" in rest and match and match[1] is None):
        raise ParseError(version[:100], "no version of opkg")
    return debian_key(int(epoch), upstream, revision)
