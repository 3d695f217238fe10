"""Package URLs, spelled as the specification says.

Format: https://github.com/package-url/purl-spec (ECMA-427)
"""

from collections.abc import Mapping
from re import compile as regex
from urllib.parse import quote

_PLAIN = regex(r"[A-Za-z0-9._~:-]*\Z").match
"""Characters that the specification leaves unencoded in every component."""

_LOWER_NAME = frozenset(("alpm", "apk", "bitbucket", "composer", "deb", "github", "pypi"))
_LOWER_NAMESPACE = frozenset(("alpm", "apk", "bitbucket", "composer", "deb", "github", "rpm"))


def encode(text: str) -> str:
    """Percent-encode one component; a colon stays as it is."""
    return text if _PLAIN(text) else quote(text, safe=":~")


def purl(
    type: str,
    name: str,
    version: str = "",
    *,
    namespace: str = "",
    qualifiers: Mapping[str, str] | None = None,
    subpath: str = "",
) -> str:
    """Canonical purl. ``namespace`` and ``subpath`` are slash-separated, without outer slashes.

    Case folding is the type's own: distributions, pypi and composer names are lower case.
    """
    if type in _LOWER_NAME:
        name = name.lower()
    if type in _LOWER_NAMESPACE:
        namespace = namespace.lower()
    if type == "pypi":
        name = name.replace("_", "-")
    text = f"pkg:{type}/{_path(namespace)}/" if namespace else f"pkg:{type}/"
    text += encode(name)
    if version:
        text += f"@{encode(version)}"
    if qualifiers:
        pairs = [f"{key}={_value(value)}" for key, value in sorted(qualifiers.items()) if value]
        if pairs:
            text += f"?{'&'.join(pairs)}"
    if subpath:
        text += f"#{_path(subpath)}"
    return text


def _value(text: str) -> str:
    """Encode a qualifier's value, which may hold slashes."""
    return text if _PLAIN(text) else quote(text, safe=":~/")


def _path(text: str) -> str:
    """Encode each part of a slash-separated component, dropping empty ones."""
    if "/" not in text:
        return encode(text)
    return "/".join([encode(part) for part in text.split("/") if part])
