"""pnpm-lock.yaml: the exact packages of a pnpm project.

Format: https://github.com/pnpm/spec/tree/master/lockfile. Under ``packages`` stand
``/name/1.0.0_peers`` (5.x), ``/name@1.0.0(peers)`` (6.x) or ``name@1.0.0`` (9.0). Since pnpm 11
a document of its own, before the project's, locks what pnpm itself runs with.
"""

from collections.abc import Iterator
from re import compile as regex

from msgspec import Struct

from hullmark.model import File, Package, ParseError
from hullmark.unit import parser

_SLASHED = regex(r"[^/]*/((?:@[^/]+/)?[^/]+)/([0-9][^/_(]*)(?:[/_(].*)?\Z").match
_AT = regex(r"(?:[^/@]*/)?((?:@[^/@]+/)?[^/@(]+)@([^(]+)").match
MAX_DOCUMENTS = 8
"""Ours; pnpm 11 writes two."""

_SLASHED_VERSIONS = ("3", "4", "5")
"""Lockfile versions before ``name@version``."""


class Entry(Struct):
    """One of ``packages``; the fields are set where the key does not tell them."""

    name: str | None = None
    version: object = None


class Lock(Struct, rename="camel"):
    """One document."""

    lockfile_version: object
    packages: dict[str, Entry | None] | None = None


@parser(
    id="pnpm-lock",
    names=("pnpm-lock.yaml",),
    declared=True,
    example=File(
        path="srv/pnpm-lock.yaml",
        content=b"lockfileVersion: '9.0'\n\npackages:\n\n  '@oak/tree@2.1.0':\n"
        b"    resolution: {integrity: sha512-0}\n\n  leaf@https://code.example/leaf/1f3a:\n"
        b"    version: 1.0.3\n\n  twig@file:twig:\n    resolution: {directory: twig}\n",
    ),
    expect=("pkg:npm/%40oak/tree@2.1.0", "pkg:npm/leaf@1.0.3"),
)
def pnpm_lock(file: File) -> Iterator[Package]:
    """Yield every package, whether for use or development, and what pnpm itself runs with.

    Workspaces, linked folders, and folders without a version are left out. A lock inside
    ``node_modules`` yields nothing: pnpm reads none there.
    """
    if "/node_modules/" in f"/{file.path}":
        return
    strange = ""
    seen: set[tuple[str, str]] = set()
    for key, name, version in _entries(file):
        if not name:
            strange = strange or key
        elif (version or "file:" not in key) and (name, version) not in seen:
            seen.add((name, version))
            space, _, base = name.rpartition("/")
            yield Package(
                type="npm",
                namespace=space,
                name=base,
                version=version,
                path=file.path,
                declared=True,
            )
    if strange:
        raise ParseError(file.path, f"no package name in {strange[:80]!r}")


def _entries(file: File) -> Iterator[tuple[str, str, str]]:
    """Key, name and version of all ``packages``; what neither key nor entry tells is empty."""
    for document in _documents(file):
        lock = document.yaml(Lock)
        major = str(lock.lockfile_version).partition(".")[0]
        if not major.isdecimal():
            raise ParseError(file.path, f"lockfile version {major[:20]!r} is no number")
        match_key = _SLASHED if major in _SLASHED_VERSIONS else _AT
        for key, entry in (lock.packages or {}).items():
            match = match_key(key)
            name, version = match.groups() if match else ("", "")
            if entry:
                name = entry.name or name
                version = entry.version if isinstance(entry.version, str) else version
            yield key, name, "" if ":" in version else version


def _documents(file: File) -> Iterator[File]:
    """Each document as a file, since ``File.yaml`` reads the first alone."""
    data = b"\n" + file.data.replace(b"\r\n", b"\n")
    first, *others = data.split(b"\n---\n", MAX_DOCUMENTS)
    if len(others) == MAX_DOCUMENTS:
        raise ParseError(file.path, f"more than the {MAX_DOCUMENTS} documents that are read")
    for piece in [first, *others] if first.strip() or not others else others:
        yield File(path=file.path, content=piece)
