"""What packages shipped: digests of the files that run, to hold the real ones against."""

from msgspec import Struct

FOLDERS = frozenset(("bin", "sbin", "lib", "lib32", "lib64", "libx32", "usr"))
"""Where distributions put programs and libraries."""

_USR = frozenset(("bin", "sbin", "lib", "lib32", "lib64", "libx32", "libexec", "games"))

MD5, SHA1, SHA256 = "md5", "sha1", "sha256"
ALGORITHMS = (MD5, SHA1, SHA256)
"""Of dpkg, of apk, of rpm since 4.14; older rpm databases hold MD5 too."""


class Shipped(Struct, frozen=True, kw_only=True, tag_field="fact", tag=True):
    """Digests that a distribution package promises of its files.

    ``sums`` are lines of a digest in hexadecimal, a space and a path below the root, as bytes;
    of programs and libraries alone (``may_run``), and of no configuration files.
    """

    type: str
    package: str
    algorithm: str
    sums: bytes


def may_run(path: str) -> bool:
    """Whether a file of this path may be a distribution's program or library."""
    first, _, rest = path.partition("/")
    if first not in FOLDERS:
        return False
    return first != "usr" or rest.partition("/")[0] in _USR


def may_run_bytes(path: bytes) -> bool:
    """The same of a path as bytes."""
    return may_run(path.decode(errors="replace"))
