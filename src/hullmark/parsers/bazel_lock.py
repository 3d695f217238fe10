"""MODULE.bazel.lock: the modules that Bazel chose, as a graph or as the registry's files it read.

Format: https://bazel.build/external/lockfile
"""

from collections.abc import Iterator
from re import compile as regex

from msgspec import Struct, field

from hullmark.model import File, Package
from hullmark.model.by_name import related
from hullmark.unit import parser

CENTRAL = "https://bcr.bazel.build"
"""The registry that a purl means when it names none."""

ROOT = "<root>"

_SOURCE = regex(r"(\S{1,500}?)/modules/([^/\s]{1,200})/([^/\s]{1,200})/source\.json\Z").match
"""Only of modules that were chosen Bazel reads where their source is."""


class Module(Struct):
    """One module of a graph; one that is overridden has no version."""

    name: str
    version: str = ""
    deps: dict[str, str] = {}


class Lock(Struct):
    """The parts that tell of modules: the graph until lock file version 10, then the hashes."""

    version: int = field(name="lockFileVersion")
    graph: dict[str, Module] = field(name="moduleDepGraph", default_factory=dict)
    hashes: dict[str, str | None] = field(name="registryFileHashes", default_factory=dict)


@parser(
    id="bazel-lock",
    names=("MODULE.bazel.lock",),
    declared=True,
    example=File(
        path="srv/MODULE.bazel.lock",
        content=b"""\
{"lockFileVersion": 3, "moduleDepGraph": {
  "<root>": {"name": "app", "version": "", "key": "<root>", "deps": {"oak": "oak@2.1.0"}},
  "oak@2.1.0": {"name": "oak", "version": "2.1.0", "deps": {"leaves": "leaf@1.4.0"}},
  "leaf@1.4.0": {"name": "leaf", "version": "1.4.0", "deps": {}}
}}
""",
    ),
    expect=("pkg:bazel/oak@2.1.0", "pkg:bazel/leaf@1.4.0"),
)
def bazel_lock(file: File) -> Iterator[Package]:
    """Yield every module of a registry that was chosen.

    A graph tells what each requires and what the project asks for; since Bazel 7.2 there is none.
    """
    lock = file.json(Lock)
    asked = set(lock.graph[ROOT].deps.values()) if ROOT in lock.graph else set()
    found = {
        key: _package(file.path, each.name, each.version, direct=key in asked)
        for key, each in lock.graph.items()
        if key != ROOT and each.version
    }
    yield from related(found, {key: each.deps.values() for key, each in lock.graph.items()})
    for match in filter(None, map(_SOURCE, lock.hashes)):
        if f"{match[2]}@{match[3]}" not in found:
            yield _package(file.path, match[2], match[3], registry=match[1])


def _package(
    path: str, name: str, version: str, *, direct: bool | None = None, registry: str = CENTRAL
) -> Package:
    return Package(
        type="bazel",
        name=name,
        version=version,
        qualifiers={} if registry == CENTRAL else {"repository_url": registry},
        path=path,
        declared=True,
        direct=direct,
    )
