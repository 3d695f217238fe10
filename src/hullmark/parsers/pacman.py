"""pacman's database: a folder for each package of Arch Linux and what derives from it.

Format: a ``%NAME%`` line, its values a line each, an empty line (lib/libalpm/be_local.c of pacman).
"""

from collections.abc import Iterator

from hullmark.licences import spdx
from hullmark.model import File, Owned, Package, ParseError
from hullmark.unit import parser

_AS_DEPENDENCY = "1"
"""``%REASON%`` of what was installed because another package needs it; there is no other."""


@parser(
    id="pacman",
    names=("var/lib/pacman/local/*/desc", "var/lib/pacman/local/*/files"),
    example=File(
        path="var/lib/pacman/local/zed-1:2.0-1/desc",
        content=b"%NAME%\nzed\n\n%VERSION%\n1:2.0-1\n\n%BASE%\nzed-base\n\n%ARCH%\nx86_64\n\n"
        b"%REASON%\n1\n\n%LICENSE%\nMIT\nGPL-2.0-or-later\n\n",
    ),
    expect=("pkg:alpm/zed@1:2.0-1?arch=x86_64",),
)
def pacman(file: File) -> Iterator[Package | Owned]:
    """Yield the package, with what it was built from, and the paths it owns.

    A package is direct when somebody asked for it, and not when another package needs it.
    """
    if file.name == "files":
        folder = file.path.split("/")[-2]
        if paths := _section(b"\n" + file.data, b"FILES"):
            yield Owned(type="alpm", package=folder.rsplit("-", 2)[0], paths=paths)
        return
    text = b"\n" + file.data

    def one(name: bytes) -> str:
        return _section(text, name).partition(b"\n")[0].decode(errors="replace")

    name, version = one(b"NAME"), one(b"VERSION")
    if not name or not version:
        raise ParseError(file.path, "no package's name and version")
    arch = one(b"ARCH")
    stated = _section(text, b"LICENSE").decode(errors="replace").split("\n")
    yield Package(
        type="alpm",
        name=name,
        version=version,
        qualifiers={"arch": arch} if arch else {},
        path=file.path,
        layer=file.layer,
        licences=tuple(filter(None, map(spdx, stated))),
        source=one(b"BASE") or name,
        source_version=version,
        direct=one(b"REASON") != _AS_DEPENDENCY,
    )


def _section(text: bytes, name: bytes) -> bytes:
    """The lines below ``%NAME%`` up to an empty one."""
    _, found, rest = text.partition(b"\n%" + name + b"%\n")
    if rest.startswith(b"\n"):
        return b""
    return rest.partition(b"\n\n")[0].rstrip(b"\n") if found else b""
