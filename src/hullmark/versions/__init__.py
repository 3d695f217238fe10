"""Order of version strings: one module a scheme, found by its name."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import hullmark.versions as room
from hullmark.model import ParseError
from hullmark.model.errors import PolicyError
from hullmark.unit import Scheme, load

MAX_VERSION_CHARS = 1000
"""Ours; the longest real ones, of Go, have some 80. Schemes turn digits into numbers."""


OTHER_NAMES: Mapping[str, str] = {
    "alpine": "apk",
    "alpm": "pacman",
    "arch": "pacman",
    "cargo": "semver",
    "crates.io": "semver",
    "deb": "dpkg",
    "debian": "dpkg",
    "ebuild": "portage",
    "gentoo": "portage",
    "golang": "go",
    "packagist": "composer",
    "pypi": "pep440",
    "rubygems": "gem",
    "swifturl": "swift",
    "ubuntu": "dpkg",
}
"""What else a scheme is called: types of packages and their registries, in lower case."""

MAX_NAME_CHARS = 100
"""Ours; of a name that no scheme has, an error tells no more."""


@cache
def scheme_of(id: str) -> Scheme:
    """A scheme by its id or another of its names; ``PolicyError`` when there is none."""
    name = id.lower()
    found = load(room, Scheme, OTHER_NAMES.get(name, name))
    if found is None:
        raise PolicyError(id[:MAX_NAME_CHARS], "is no order of versions")
    return found


def key(scheme: str, version: str) -> Any:  # noqa: ANN401 - each scheme has keys of its own kind
    """What sorts as the version does among others of its scheme; ``ParseError`` if it is none."""
    if len(version) > MAX_VERSION_CHARS:
        raise ParseError(version[:100], f"longer than the {MAX_VERSION_CHARS} signs of a version")
    return scheme_of(scheme).key(version)


def compare(scheme: str, a: str, b: str) -> int:
    """-1 where ``a`` comes before ``b``, 1 where after, else 0; ``ParseError`` as of ``key``."""
    one, other = key(scheme, a), key(scheme, b)
    return int(one > other) - int(one < other)
