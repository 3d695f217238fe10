"""Installed rpms, from their headers, as every kind of rpm database keeps them."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from hullmark.model.errors import ParseError
from hullmark.model.facts import Owned, Package
from hullmark.model.file import File
from hullmark.model.relations import related
from hullmark.model.rpm_header import Header, HeaderError
from hullmark.model.shipped import MD5, SHA1, SHA256, Shipped, may_run_bytes

MAX_DATABASE_BYTES = 256 * 1024 * 1024
"""Five times that of a desktop with 3,000 packages; it is held in memory, by SQLite twice."""

MAX_VENDOR_CHARS = 200
"""Of who built a package."""

_NAME, _VERSION, _RELEASE, _EPOCH, _LICENCE, _ARCH = 1000, 1001, 1002, 1003, 1014, 1022
_SOURCE, _DIR_INDEXES, _BASE_NAMES, _DIR_NAMES, _MODULE = 1044, 1116, 1117, 1118, 5096
_PROVIDES, _REQUIRES, _VENDOR = 1047, 1049, 1011
_DIGESTS, _FLAGS, _DIGEST_ALGORITHM = 1035, 1037, 5011
_ALGORITHMS = {1: MD5, 2: SHA1, 8: SHA256}
"""PGPHASHALGO of rpm's headers: MD5 where nothing is said."""

_MAY_DIFFER = 1 | 8 | 64
"""RPMFILE_CONFIG, MISSINGOK and GHOST: files that are made or changed by those who install."""

_KEY = "gpg-pubkey"


class Contents(NamedTuple):
    """What one header tells."""

    package: Package
    paths: bytes
    provides: list[bytes]
    requires: list[bytes]
    algorithm: str
    sums: bytes


def installed(
    file: File, headers: Iterable[bytes], licence: Callable[[str], str]
) -> Iterator[Package | Owned | Shipped]:
    """All packages, with those that provide what they require, and the paths that each owns.

    Imported keys are no packages. ``licence`` makes an expression of a header's tag. Headers
    that cannot be read are counted, and raise ``ParseError`` at the end, as ``headers`` may.
    """
    found: list[Contents] = []
    broken, why = 0, ""
    failed = None
    try:
        for blob in headers:
            try:
                contents = _contents(file, Header(blob), licence)
            except HeaderError as error:
                broken, why = broken + 1, str(error)
                continue
            if contents.package.name != _KEY:
                found.append(contents)
    except ParseError as error:
        failed = error
    yield from related([each.package for each in found], _needs(found))
    for each in found:
        if each.paths:
            yield Owned(type="rpm", package=each.package.name, paths=each.paths)
        if each.sums:
            yield Shipped(
                type="rpm", package=each.package.name, algorithm=each.algorithm, sums=each.sums
            )
    if failed:
        raise failed
    if broken:
        raise ParseError(file.path, f"{broken} packages are unreadable: {why}")


def source_of(source: str, name: str) -> tuple[str, str]:
    """Name and version of what a package was built from, of its source package's file name."""
    parts = source.removesuffix(".rpm").rpartition(".")[0].rsplit("-", 2)
    if len(parts) != len(("name", "version", "release")):
        return name, ""
    return parts[0], f"{parts[1]}-{parts[2]}"


def _contents(file: File, header: Header, licence: Callable[[str], str]) -> Contents:
    paths = _paths(header)
    return Contents(
        _package(file, header, licence),
        paths,
        header.strings(_PROVIDES),
        header.strings(_REQUIRES),
        *_sums(header, paths),
    )


def _sums(header: Header, paths: bytes) -> tuple[str, bytes]:
    """The algorithm and the digests of programs and libraries; configuration files have none."""
    algorithm = _ALGORITHMS.get((header.numbers(_DIGEST_ALGORITHM) or (1,))[0], "")
    digests, flags = header.strings(_DIGESTS), header.numbers(_FLAGS)
    names = paths.split(b"\n")
    if not algorithm or not len(digests) == len(flags) == len(names):
        return "", b""
    sums = [
        digest + b" " + name[1:]
        for digest, flag, name in zip(digests, flags, names, strict=True)
        if digest and not flag & _MAY_DIFFER and may_run_bytes(name[1:])
    ]
    return algorithm, b"\n".join(sums)


def _needs(found: list[Contents]) -> list[list[int]]:
    """Which packages each requires: the first that provides a name, or owns the path it is."""
    providers: dict[bytes, int] = {}
    for index, each in enumerate(found):
        for name in each.provides:
            providers.setdefault(name, index)
    files = {name for each in found for name in each.requires if name.startswith(b"/")}
    files.difference_update(providers)
    for index, each in enumerate(found):
        for path in files.intersection(each.paths.split(b"\n")):
            providers.setdefault(path, index)
    return [[providers[name] for name in each.requires if name in providers] for each in found]


def _package(file: File, header: Header, licence: Callable[[str], str]) -> Package:
    name, version, release = (header.text(tag) for tag in (_NAME, _VERSION, _RELEASE))
    if not name or not version:
        raise HeaderError("no name and version")
    epoch = header.numbers(_EPOCH)[:1]
    qualifiers = {
        "arch": header.text(_ARCH),
        "epoch": str(epoch[0]) if epoch and epoch[0] else "",
        "rpmmod": header.text(_MODULE),
    }
    source, source_version = source_of(header.text(_SOURCE), name)
    expression = licence(header.text(_LICENCE))
    return Package(
        type="rpm",
        name=name,
        version=f"{version}-{release}" if release else version,
        qualifiers={key: value for key, value in qualifiers.items() if value},
        path=file.path,
        layer=file.layer,
        licences=(expression,) if expression else (),
        source=source,
        source_version=source_version,
        vendor=header.text(_VENDOR)[:MAX_VENDOR_CHARS],
    )


def _paths(header: Header) -> bytes:
    """All paths of the package, a line each."""
    names, folders = header.strings(_BASE_NAMES), header.strings(_DIR_NAMES)
    places = header.numbers(_DIR_INDEXES)
    if len(places) != len(names) or (places and max(places) >= len(folders)):
        raise HeaderError("file names do not fit their folders")
    return b"\n".join([folders[at] + name for at, name in zip(places, names, strict=True)])
