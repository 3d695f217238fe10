"""Paths of Nix's store, and the packages that their names tell of.

Names are parted as the manual of Nix says of builtins.parseDrvName.
"""

from re import compile as regex

from hullmark.model.facts import Package

_PATH = regex(r"(?:.*/)?([0-9abcdfghijklmnpqrsvwxyz]{32})-([^/]+)\Z").match
_VERSION = regex(r"-(?=[^A-Za-z-])").search
_OUTPUTS = ("bin", "dev", "devdoc", "doc", "info", "lib", "man", "static")
"""The usual ones beside ``out``, for paths whose derivation nobody knows."""

_SOURCES = (".drv", ".patch", ".diff", ".zip", ".tgz", ".tar", ".tar.gz", ".tar.bz2", ".tar.xz")
"""Endings of what packages are made of."""


def stored(path: str, deriver: str, *, told_by: str, layer: str) -> Package | None:
    """What a path of the store holds, if its name has a version; ``deriver`` may be unknown."""
    match, origin = _PATH(path), _PATH(deriver)
    if not match or match[2].endswith(_SOURCES):
        return None
    full, output = match[2], ""
    known = origin[2].removesuffix(".drv") if origin else ""
    if known and full.startswith(f"{known}-"):
        full, output = known, full[len(known) + 1 :]
    elif full != known:
        rest, _, last = full.rpartition("-")
        if last in _OUTPUTS:
            full, output = rest, last
    version = _VERSION(full)
    if not version or not version.start():
        return None
    qualifiers = {"outputhash": match[1]} | ({"output": output} if output else {})
    return Package(
        type="nix",
        name=full[: version.start()],
        version=full[version.end() :],
        qualifiers=qualifiers,
        path=told_by,
        layer=layer,
    )
