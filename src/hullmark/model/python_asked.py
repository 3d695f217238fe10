"""What Python's manifests ask for, as PEP 508 writes one requirement.

Format: https://packaging.python.org/en/latest/specifications/dependency-specifiers/
"""

from collections.abc import Iterator, Mapping
from re import ASCII, DOTALL
from re import compile as regex

from hullmark.model.asked import Dependency

LOCKS = ("Pipfile.lock", "pdm.lock", "poetry.lock", "pylock.toml", "uv.lock")
"""Files that tell the versions of all that the manifest beside them asks for."""

_NAME = regex(r"[ \t\r\n]*([A-Za-z0-9][A-Za-z0-9._-]*)[ \t\r\n]*(.*)\Z", ASCII | DOTALL).match
_EXACT = regex(r"={2,3}[ \t]*(v?[0-9][A-Za-z0-9.+!_-]*)\Z", ASCII).match
_LOCAL = ("path", "workspace")
_ELSEWHERE = ("git", "hg", "svn", "bzr", "url", "file", "ref")


def requirement(text: str, *, development: bool = False) -> Iterator[Dependency]:
    """The package that a requirement asks for; nothing for what is none or lies beside."""
    match = _NAME(text.partition(";")[0])
    if match is None:
        return
    rest = match[2].strip()
    if rest.startswith("["):
        rest = rest.partition("]")[2].strip()
    if not rest.startswith("@"):
        yield Dependency(match[1], exact(rest.strip("() \t")), development)
    elif not rest[1:].lstrip().startswith(("file:", ".", "/")):
        yield Dependency(match[1], "", development)


def exact(range: str) -> str:
    """The one version that a range names by ``==`` or ``===``; empty if it leaves it open."""
    found = [match[1] for match in map(_EXACT, map(str.strip, range.split(","))) if match]
    return found[0] if len(found) == 1 else ""


def is_local(entry: Mapping[str, object]) -> bool:
    """Whether a table of a package says that it is a folder beside the project."""
    return any(entry.get(key) for key in _LOCAL)


def is_elsewhere(entry: Mapping[str, object]) -> bool:
    """Whether a table of a package says that it comes from no index."""
    return any(entry.get(key) for key in _ELSEWHERE)
