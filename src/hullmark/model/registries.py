"""Registries and repositories that users trust, and the whole names of images.

Format: https://github.com/distribution/reference/blob/main/reference.go
"""

from collections.abc import Iterable, Iterator
from re import Pattern
from re import compile as regex

from hullmark.model.globs import glob

MAX_PATTERN_CHARS, MAX_STARS = 512, 8
"""Of one pattern: names are no longer, and each ``*`` multiplies what a match may cost."""

DOCKER_HUB = "docker.io"
_ITS_NAMES = frozenset((DOCKER_HUB, "index.docker.io", "registry-1.docker.io"))

_written = regex(r"[A-Za-z0-9*][A-Za-z0-9*._:/-]*\Z").match


def whole_name(repository: str) -> str:
    """A repository as every runtime completes it: ``nginx`` is ``docker.io/library/nginx``."""
    host, slash, rest = repository.partition("/")
    if not slash or not (host == "localhost" or host != host.lower() or {".", ":"} & {*host}):
        host, rest = DOCKER_HUB, repository
    host = host.lower()
    if host in _ITS_NAMES:
        host = DOCKER_HUB
        rest = rest if "/" in rest else f"library/{rest}"
    return f"{host}/{rest}"


def trusted_pattern(text: str) -> str:
    """A pattern as it is held against whole names; ``ValueError`` says what is wrong with it.

    The registry goes first (``docker.io/library/*``); ``*`` stands for any letters of one part,
    and everything below a name that matches is trusted too.
    """
    pattern = text.strip().removeprefix("https://").rstrip("/")
    host = pattern.partition("/")[0]
    if len(pattern) > MAX_PATTERN_CHARS or pattern.count("*") > MAX_STARS:
        raise ValueError(f"more than {MAX_PATTERN_CHARS} characters or {MAX_STARS} stars")
    if not _written(pattern) or "//" in pattern:
        raise ValueError(f"{text!r} is no pattern of repositories, as registry.example/team/*")
    if "@" in pattern or ":" in pattern.partition("/")[2]:
        raise ValueError(f"{text!r} names a tag or digest; registries and repositories count")
    if not (host == "localhost" or {".", ":", "*"} & {*host}):
        raise ValueError(f"{text!r} names no registry; of Docker Hub it is docker.io/{pattern}")
    host = host.lower()
    known = DOCKER_HUB if host in _ITS_NAMES else host
    return known + pattern[len(host) :]


class Trusted:
    """What the user trusts, as patterns of ``trusted_pattern``."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self._patterns = [*_expressions(patterns)]

    def __contains__(self, repository: str) -> bool:
        """Whether a repository, as it is written somewhere, is among them."""
        name = whole_name(repository)
        return any(each.fullmatch(name) for each in self._patterns)


def _expressions(patterns: Iterable[str]) -> Iterator[Pattern[str]]:
    for each in patterns:
        yield glob(each, below=True)
