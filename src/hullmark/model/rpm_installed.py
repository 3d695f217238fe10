"""Installed rpms, from their headers, as every kind of rpm database keeps them."""

from collections.abc import Callable, Iterable, Iterator

from hullmark.model.errors import ParseError
from hullmark.model.facts import Owned, Package
from hullmark.model.file import File
from hullmark.model.rpm_header import Header, HeaderError

MAX_DATABASE_BYTES = 256 * 1024 * 1024
"""Five times that of a desktop with 3,000 packages; it is held in memory, by SQLite twice."""

_NAME, _VERSION, _RELEASE, _EPOCH, _LICENCE, _ARCH = 1000, 1001, 1002, 1003, 1014, 1022
_SOURCE, _DIR_INDEXES, _BASE_NAMES, _DIR_NAMES, _MODULE = 1044, 1116, 1117, 1118, 5096
_KEY = "gpg-pubkey"


def installed(
    file: File, headers: Iterable[bytes], licence: Callable[[str], str]
) -> Iterator[Package | Owned]:
    """Each package and the paths it owns; imported keys are none.

    ``licence`` makes an expression of a header's tag. Headers that cannot be read are counted,
    and raise ``ParseError`` at the end.
    """
    broken, why = 0, ""
    for blob in headers:
        try:
            header = Header(blob)
            package = _package(file, header, licence)
            if package.name == _KEY:
                continue
            paths = _paths(header)
        except HeaderError as error:
            broken, why = broken + 1, str(error)
            continue
        yield package
        if paths:
            yield Owned(type="rpm", package=package.name, paths=paths)
    if broken:
        raise ParseError(file.path, f"{broken} packages are unreadable: {why}")


def source_of(source: str, name: str) -> tuple[str, str]:
    """Name and version of what a package was built from, of its source package's file name."""
    parts = source.removesuffix(".rpm").rpartition(".")[0].rsplit("-", 2)
    if len(parts) != len(("name", "version", "release")):
        return name, ""
    return parts[0], f"{parts[1]}-{parts[2]}"


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
    )


def _paths(header: Header) -> bytes:
    """All paths of the package, a line each."""
    names, folders = header.strings(_BASE_NAMES), header.strings(_DIR_NAMES)
    places = header.numbers(_DIR_INDEXES)
    if len(places) != len(names) or (places and max(places) >= len(folders)):
        raise HeaderError("file names do not fit their folders")
    return b"\n".join([folders[at] + name for at, name in zip(places, names, strict=True)])
