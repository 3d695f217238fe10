"""References to images in registries: ``[host[:port]/]repository[:tag][@digest]``.

Grammar: https://github.com/distribution/reference, whose defaults for Docker Hub are kept.
"""

from ipaddress import ip_address
from re import compile as regex

from msgspec import Struct

from hullmark.model import SourceError
from hullmark.oci.verify import is_digest

HUB = "docker.io"
MAX_BYTES = 1024
"""A repository has at most 255 characters, a tag 128, a digest 71."""

_HOST = regex(
    r"(?:[A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9])"
    r"(?:\.(?:[A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9]))*(?::[0-9]{1,5})?"
    r"|\[[0-9A-Fa-f:.]{2,45}\](?::[0-9]{1,5})?"
).fullmatch
_PART = regex(r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*").fullmatch
_TAG = regex(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}").fullmatch
MAX_REPOSITORY_BYTES = 255


class Reference(Struct, frozen=True, kw_only=True):
    """An image's full name: ``tag`` or ``digest`` is set, or both; then the digest counts."""

    host: str
    repository: str
    tag: str = ""
    digest: str = ""

    def __str__(self) -> str:
        tag = f":{self.tag}" if self.tag else ""
        digest = f"@{self.digest}" if self.digest else ""
        return f"{self.host}/{self.repository}{tag}{digest}"

    @property
    def wanted(self) -> str:
        """What to ask the registry for."""
        return self.digest or self.tag


def reference(text: str) -> Reference:
    """Read a reference as docker does: ``debian`` is ``docker.io/library/debian:latest``."""
    if len(text) > MAX_BYTES:
        raise SourceError(repr(text[:80]), "is too long for a reference to an image")
    rest, at, digest = text.partition("@")
    if at and not is_digest(digest):
        raise SourceError(text, f"digest {digest!r} is not SHA-256")
    host, slash, path = rest.partition("/")
    if not slash or not ("." in host or ":" in host or host == "localhost" or not host.islower()):
        host, path = HUB, rest
    if host in ("index.docker.io", "registry-1.docker.io"):
        host = HUB
    path, colon, tag = path.partition(":")
    if host == HUB and "/" not in path:
        path = f"library/{path}"
    named = len(path) <= MAX_REPOSITORY_BYTES and all(map(_PART, path.split("/")))
    if not named or not _HOST(host) or (colon and not _TAG(tag)):
        raise SourceError(text, "is no reference to an image: HOST/NAME:TAG is")
    tag = tag if colon or at else "latest"
    return Reference(host=host.lower(), repository=path, tag=tag, digest=digest)


def is_reference(text: str) -> bool:
    """Whether this names an image by tag or digest; a bare word may be a path mistyped."""
    try:
        read = reference(text)
    except SourceError:
        return False
    return bool(read.digest) or text.endswith(f":{read.tag}")


def is_loopback(name: str) -> bool:
    """Whether a host's name, without a port, is this machine itself."""
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
