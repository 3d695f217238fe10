"""apk's database of installed packages.

Format: https://wiki.alpinelinux.org/wiki/Apk_spec, "Installed Database".
"""

from binascii import Error, a2b_base64
from collections.abc import Iterator

from hullmark.licences import spdx
from hullmark.model import File, Owned, Package, ParseError
from hullmark.model.shipped import SHA1, Shipped, may_run_bytes
from hullmark.unit import parser

_SHA1_BYTES = 20

MAX_PACKAGES = 100_000
"""Three times all packages of Alpine."""


@parser(
    id="apk-installed",
    version=2,
    names=("lib/apk/db/installed", "usr/lib/apk/db/installed"),
    example=File(
        path="lib/apk/db/installed",
        content=b"C:Q1AAAAAAAAAAAAAAAAAAAAAAAAAAA=\nP:libzed\nV:1.2-r0\nA:x86_64\nL:MIT\no:zed\n"
        b"F:usr/lib\nR:libzed.so.1\na:0:0:755\n\n",
    ),
    expect=("pkg:apk/libzed@1.2-r0?arch=x86_64", "owned apk/libzed"),
)
def apk_installed(file: File) -> Iterator[Package | Owned | Shipped]:
    """Yield each package, with the package it was built with, and the files it owns.

    Virtual packages (``.build-deps``), which only hold others together, are yielded like others.
    """
    arch: dict[str, dict[str, str]] = {}
    seen = broken = 0
    for stanza in file.data.split(b"\n\n"):
        if not stanza.strip():
            continue
        head, found, files = stanza.partition(b"\nF:")
        fields = {line[:2]: line[2:].strip() for line in head.decode(errors="replace").split("\n")}
        name, version = fields.get("P:", ""), fields.get("V:", "")
        if not name or not version:
            broken += 1
            continue
        seen += 1
        if seen > MAX_PACKAGES:
            raise ParseError(file.path, f"more than {MAX_PACKAGES} packages")
        licence = spdx(fields.get("L:", ""))
        architecture = fields.get("A:", "")
        yield Package(
            type="apk",
            name=name,
            version=version,
            qualifiers=arch.setdefault(architecture, {"arch": architecture}),
            path=file.path,
            layer=file.layer,
            licences=(licence,) if licence else (),
            source=fields.get("o:") or name,
            source_version=version,
        )
        if found and (paths := _paths(files)):
            yield Owned(type="apk", package=name, paths=paths)
        if found and (sums := _sums(files)):
            yield Shipped(type="apk", package=name, algorithm=SHA1, sums=sums)
    if broken:
        raise ParseError(file.path, f"{broken} stanzas without a package's name and version")


def _sums(files: bytes) -> bytes:
    """Digests of programs and libraries, of ``Z:`` lines: ``Q1`` and a SHA-1 in base 64."""
    sums = []
    for folder in files.split(b"\nF:"):
        name, *rest = folder.split(b"\nR:")
        path = name.partition(b"\n")[0]
        if not may_run_bytes(path + b"/"):
            continue
        for file in rest:
            base, *told = file.split(b"\n")
            digests = [_digest(line[4:]) for line in told if line.startswith(b"Z:Q1")]
            sums += [digest + b" " + path + b"/" + base for digest in digests if digest]
    return b"\n".join(sums)


def _digest(text: bytes) -> bytes:
    """A SHA-1 in hexadecimal; nothing where it is none."""
    try:
        digest = a2b_base64(text)
    except Error:
        return b""
    return digest.hex().encode() if len(digest) == _SHA1_BYTES else b""


def _paths(files: bytes) -> bytes:
    """The paths of ``F:`` (folder) and ``R:`` (file) lines; the first ``F:`` is cut off."""
    paths = []
    for folder in files.split(b"\nF:"):
        name, *rest = folder.split(b"\nR:")
        path = name.partition(b"\n")[0]
        prefix = path + b"/" if path else b""
        paths += [prefix + file.partition(b"\n")[0] for file in rest]
    return b"\n".join(paths)
