"""bun.lock: the exact packages of a Bun project, in lockfile versions 0 to 2.

Format: https://bun.com/docs/pm/lockfile, as Bun's own ``src/install/lockfile/bun.lock.zig``
describes it: JSON with comments and commas before closing brackets. ``packages`` are keyed by
the names on the way to them (``a/b`` is the ``b`` that ``a`` alone sees) and begin with
``name@version`` or ``name@protocol:place``.
"""

from collections.abc import Iterator, Mapping
from re import DOTALL

from msgspec import Struct

from hullmark.model import File, Package, ParseError
from hullmark.model.later import regex
from hullmark.model.node import locked
from hullmark.model.relations import nearest, only_for, related
from hullmark.unit import parser

MAX_LOCK_BYTES = 32 * 1024 * 1024
"""Ours: some 100,000 packages at 300 bytes each."""

MAX_LEVELS = 64
"""Names on the way to a package; Bun nests some ten deep."""

_OWN = ("workspace:", "link:", "root:")
"""Protocols of folders that are linked: the project's own code."""

_TARBALLS = (".tgz", ".tar.gz", ".tar")

_TEXT = r'("(?:[^"\\]++|\\.)*+(?:"|\\?\Z))|'
"""Text, which stays; like a comment, it takes what it begins to its end."""

_comments = regex(_TEXT + r"//[^\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/)?", DOTALL).sub
_commas = regex(_TEXT + r",(?=\s*[\]}])", DOTALL).sub

_locator = regex(r"((?:@[^/@]+/)?[^/@]+)@(.*)\Z", DOTALL).match
_names = regex(r"(?:@[^/]*/)?[^/]+").findall


class Needs(Struct, rename="camel"):
    """What a package or a folder of the project asks for, by name."""

    name: str = ""
    dependencies: dict[str, object] = {}
    optional_dependencies: dict[str, object] = {}
    peer_dependencies: dict[str, object] = {}
    dev_dependencies: dict[str, object] = {}

    def used(self) -> list[str]:
        """All but what is needed to build or test."""
        return [*self.dependencies, *self.optional_dependencies, *self.peer_dependencies]


class Lock(Struct, rename="camel"):
    """A whole lock."""

    lockfile_version: int
    workspaces: dict[str, Needs] = {}
    packages: dict[str, list[str | Needs | None]] = {}


@parser(
    id="bun-lock",
    names=("bun.lock",),
    declared=True,
    version=2,
    example=File(
        path="srv/bun.lock",
        content=b'{\n  "lockfileVersion": 1,\n  "workspaces": {\n    "": {\n      "name": "app",\n'
        b'      "dependencies": { "@oak/tree": "^2.0.0", },\n'
        b'      "devDependencies": { "lint": "*", },\n    },\n  },\n  "packages": {\n'
        b'    "@oak/tree": ["@oak/tree@2.1.0", "", { "dependencies": { "leaf": "1" } }, "sha"],\n'
        b'\n    "leaf": ["leaf@1.0.3", "", {}, "sha"],\n\n'
        b'    "lint": ["lint@3.0.0", "", { "bin": "lint.js" }, "sha"],\n  }\n}\n',
    ),
    expect=("pkg:npm/%40oak/tree@2.1.0", "pkg:npm/leaf@1.0.3", "pkg:npm/lint@3.0.0"),
)
def bun_lock(file: File) -> Iterator[Package]:
    """Yield every package, whether for use or development, under its real name.

    Workspaces and folders are left out. What comes from elsewhere than a registry has no version
    in the lock. A lock inside ``node_modules`` yields nothing: Bun reads none there.
    """
    if "/node_modules/" in f"/{file.path}":
        return
    lock = _lock(file)
    strange: list[str] = []
    tables: dict[str, dict[str, int]] = {}
    for index, key in enumerate(lock.packages):
        *way, name = _names(key)[:MAX_LEVELS] or [key]
        tables.setdefault("/".join(way), {})[name] = index
    found = [_package(file, key, each, strange) for key, each in lock.packages.items()]
    needs = [
        nearest(_above(key, tables), names.used())
        for key, each in lock.packages.items()
        for names in [next((one for one in each if isinstance(one, Needs)), Needs())]
    ]
    used: set[int] = set()
    built: set[int] = set()
    for folder in lock.workspaces.values():
        seen = list(_above(folder.name, tables))
        used.update(nearest(seen, folder.used()))
        built.update(nearest(seen, folder.dev_dependencies))
    development = only_for(built, used, needs)
    yield from related(found, needs, direct=built | used, development=development)
    if strange:
        raise ParseError(file.path, f"no package in entry {strange[0][:80]!r}")


def _lock(file: File) -> Lock:
    """The lock as JSON, without comments and without commas that nothing follows."""
    if file.size > MAX_LOCK_BYTES:
        raise ParseError(file.path, f"more than the {MAX_LOCK_BYTES} bytes that are read")
    plain = _commas(r"\1", _comments(r"\1", file.text()))
    return File(path=file.path, content=plain.encode()).json(Lock)


def _package(
    file: File, key: str, entry: list[str | Needs | None], strange: list[str]
) -> Package | None:
    """What an entry became; nothing for a folder."""
    locator = _locator(entry[0]) if entry and isinstance(entry[0], str) else None
    if not locator:
        strange.append(key)
        return None
    name, version = locator.groups()
    if version.startswith(_OWN) or (
        version.startswith("file:") and not version.endswith(_TARBALLS)
    ):
        return None
    return locked(file.path, name, "" if ":" in version or "/" in version else version)


def _above(key: str, tables: Mapping[str, dict[str, int]]) -> Iterator[dict[str, int]]:
    """What a package sees: what lies below it, then what lies below those on the way to it."""
    way = _names(key)[:MAX_LEVELS]
    for length in range(len(way), -1, -1):
        if table := tables.get("/".join(way[:length])):
            yield table
