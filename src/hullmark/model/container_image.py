"""Container images as build files and manifests name them.

Format: https://github.com/distribution/reference/blob/main/reference.go for names,
https://docs.docker.com/reference/compose-file/interpolation/ for variables in them.
"""

from collections.abc import Mapping
from re import Match

from hullmark.model.facts import Package
from hullmark.model.later import regex

MAX_NAME_CHARS = 512
"""255 characters of repository, 128 of tag, and a digest."""

MAX_NESTING = 8
"""Defaults within defaults; people write two."""

_host = regex(r"[A-Za-z0-9.:-]+\Z").match
_repository = regex(
    r"((?:[a-z0-9][a-z0-9._-]*/)*)([a-z0-9][a-z0-9._-]*)"
    r"(?::([A-Za-z0-9_][A-Za-z0-9._-]{0,127}))?(?:@([a-z0-9+._-]+:[0-9a-f]{32,}))?\Z"
).match
_variable = regex(r"\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:(:?[-+?])([^${}]*))?\})")

_DOCKER_HUB = frozenset(("docker.io", "index.docker.io", "registry-1.docker.io"))


def image(name: str, path: str, *, development: bool = False) -> Package | None:
    """The image that a file at ``path`` asks for by this name; ``None`` when it is no image's name.

    The version is the digest, else the tag, else ``latest``, which every runtime takes then.
    ``repository_url`` names a registry that is not Docker Hub.
    """
    if len(name) > MAX_NAME_CHARS:
        return None
    host, slash, repository = name.partition("/")
    if not slash or not (host == "localhost" or host != host.lower() or {".", ":"} & {*host}):
        host, repository = "", name
    match = _repository(repository)
    if match is None or (host and not _host(host)):
        return None
    folders, last, tag, digest = match.groups(default="")
    namespace = folders.strip("/")
    qualifiers = {"tag": tag} if digest and tag else {}
    if host and host not in _DOCKER_HUB:
        qualifiers["repository_url"] = host
    elif namespace == "library":
        namespace = ""
    return Package(
        type="docker",
        namespace=namespace,
        name=last,
        version=digest or tag or "latest",
        qualifiers=qualifiers,
        path=path,
        declared=True,
        direct=True,
        development=development,
    )


def expanded(text: str, values: Mapping[str, str]) -> str:
    """The text with ``$NAME``, ``${NAME}``, ``${NAME:-default}`` and ``${NAME:+other}`` replaced.

    A variable without a value or a default stays as it is: no image has a ``$`` in its name.
    """

    def replaced(match: Match[str]) -> str:
        value = values.get(match[1] or match[2])
        operator, word = match[3] or "", match[4] or ""
        there = value is not None and (value != "" or not operator.startswith(":"))
        if operator.endswith("+"):
            return word if there else ""
        if there:
            return (value or "")[:MAX_NAME_CHARS]
        return word if operator.endswith("-") else match[0]

    for _ in range(MAX_NESTING):
        text, before = _variable.sub(replaced, text[: 2 * MAX_NAME_CHARS]), text
        if text == before:
            break
    return text[: 2 * MAX_NAME_CHARS]
