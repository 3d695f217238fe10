"""Package URLs, spelled as the specification says.

Format: https://github.com/package-url/purl-spec (ECMA-427)
"""

from collections.abc import Mapping
from re import compile as regex
from typing import NamedTuple
from urllib.parse import quote, unquote

from hullmark.model.repository import without_login

_TYPE = regex(r"[A-Za-z][A-Za-z0-9.-]*\Z").match
_KEY = regex(r"[A-Za-z][A-Za-z0-9._-]*\Z").match
_PLAIN = regex(r"[A-Za-z0-9._~:-]*\Z").match
"""Characters that the specification leaves unencoded in every component."""

_LOWER_NAME = frozenset(("alpm", "apk", "bitbucket", "composer", "deb", "github", "pypi"))
_LOWER_NAMESPACE = frozenset(("alpm", "apk", "bitbucket", "composer", "deb", "github", "rpm"))


class Parts(NamedTuple):
    """What a purl says, decoded; all but type and name may be empty."""

    type: str
    namespace: str
    name: str
    version: str
    qualifiers: Mapping[str, str]
    subpath: str


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

    Names and passwords in URLs are left out. Case folding is the type's own: distributions, pypi
    and composer names are lower case.
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
        text += f"@{encode(without_login(version))}"
    if qualifiers:
        pairs = [
            f"{key}={_value(without_login(value))}"
            for key, value in sorted(qualifiers.items())
            if value
        ]
        if pairs:
            text += f"?{'&'.join(pairs)}"
    if subpath:
        text += f"#{_path(subpath)}"
    return text


def parts(text: str) -> Parts | None:
    """The components of a purl that another tool wrote, ``None`` when it has no type and name."""
    rest, _, subpath = text.partition("#")
    rest, _, query = rest.partition("?")
    scheme, _, rest = rest.partition(":")
    type, _, rest = rest.strip("/").partition("/")
    namespace, _, last = rest.rpartition("/")
    name, _, version = last.rpartition("@") if "@" in last[1:] else (last, "", "")
    if scheme != "pkg" or not _TYPE(type) or not name:
        return None
    pairs = [pair.partition("=") for pair in query.split("&")]
    return Parts(
        type=type.lower(),
        namespace=unquote(namespace.strip("/")),
        name=unquote(name),
        version=unquote(version),
        qualifiers={key.lower(): unquote(value) for key, _, value in pairs if _KEY(key) and value},
        subpath=unquote(subpath.strip("/")),
    )


def _value(text: str) -> str:
    """Encode a qualifier's value, which may hold slashes."""
    return text if _PLAIN(text) else quote(text, safe=":~/")


def _path(text: str) -> str:
    """Encode each part of a slash-separated component, dropping empty ones."""
    if "/" not in text:
        return encode(text)
    return "/".join([encode(part) for part in text.split("/") if part])
