"""Licences by the addresses of their texts."""

from re import match, sub

from hullmark.licences.spelling import identify

_HOSTS = {
    "apache.org": "apache",
    "choosealicense.com": "",
    "creativecommons.org": "cc",
    "eclipse.org": "",
    "gnu.org": "",
    "licenses.nuget.org": "",
    "mozilla.org": "",
    "opensource.org": "",
    "spdx.org": "",
    "unlicense.org": "unlicense",
}
"""Hosts whose paths name the licence, and what they leave out of its name."""

_ADDRESS = r"https?://(?:www\.)?([^/?#\s]+)([^?#\s]*)[^\s]*\Z"
_ENDING = r"(?:\.en|-standalone)?\.(?:html?|txt|php)\Z"


def identify_address(text: str) -> str:
    """The SPDX expression for the address of a licence's text, empty when we know none."""
    found = match(_ADDRESS, text)
    host = found[1].lower() if found else ""
    if not found or host not in _HOSTS:
        return ""
    parts = [part for part in sub(_ENDING, "", found[2].rstrip("/")).split("/") if part]
    for name in (parts[-1:], parts[-2:]):
        if known := identify(" ".join([_HOSTS[host], *name]).strip()):
            return known
    return ""
