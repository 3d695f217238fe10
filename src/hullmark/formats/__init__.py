"""Units: one file, one output format (report to text). Here: what several of them need."""

from re import Match
from re import compile as regex

_SOUND = regex(r"[A-Za-z][A-Za-z0-9]*-[A-Za-z0-9][A-Za-z0-9:._-]*\Z").match
_WEB = regex(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?=[/?#]|\Z)").match
_FOREIGN = regex(rb"[^A-Za-z0-9._~:/?@!$&'()*+,;=%-]|%(?![0-9A-Fa-f]{2})").sub
_PUBLISHERS = {
    "CVE": ("NVD", "https://nvd.nist.gov/vuln/detail/"),
    "GHSA": ("GitHub Advisories", "https://github.com/advisories/"),
}
_OTHERS = ("OSV", "https://osv.dev/vulnerability/")


def publisher(id: str) -> tuple[str, str]:
    """Who publishes a vulnerability of this id, and its page; both empty for what is no id."""
    if not _SOUND(id):
        return "", ""
    name, pages = _PUBLISHERS.get(id.partition("-")[0].upper(), _OTHERS)
    return name, f"{pages}{id}"


def web(address: str) -> str:
    """A web address in the characters of RFC 3986; empty for anything else, as for a script."""
    if not _WEB(address):
        return ""
    parts = address.encode(errors="replace").split(b"#", 1)
    return str(b"#".join(_FOREIGN(_percent, part) for part in parts), "ascii")


def _percent(found: Match[bytes]) -> bytes:
    return b"".join(b"%%%02X" % byte for byte in found[0])
