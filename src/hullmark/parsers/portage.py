"""Portage's database: a folder for each package of Gentoo and what derives from it.

Format: portage(5), "/var/db/pkg", and the Package Manager Specification, sections 3.2 and 8.2
(https://projects.gentoo.org/pms/8/pms.html).
"""

from collections.abc import Iterator

from hullmark.licences import spdx
from hullmark.model import File, Owned, Package, ParseError
from hullmark.model.later import regex
from hullmark.unit import parser

MAX_BYTES = 64 * 1024
"""Of LICENSE and SLOT, which hold a line; the longest of the tree has some 3,000."""

MAX_DEPTH = 20
"""Ours, of groups within groups."""

_VERSION = regex(r"-(\d+(?:\.\d+)*[a-z]?(?:_(?:alpha|beta|pre|rc|p)\d*)*(?:-r\d+)?)\Z").search
_NAMES = {"Artistic": "Artistic-1.0", "BSD": "BSD-3-Clause"}
"""Licences of the tree that are called otherwise than elsewhere."""


@parser(
    id="portage",
    names=("var/db/pkg/*/*/CONTENTS",),
    beside=("LICENSE", "SLOT"),
    example=File(
        path="var/db/pkg/app-misc/zed-1.2_p1-r1/CONTENTS",
        content=b"dir /usr\nobj /usr/bin/zed 9a0364b9e99bb480dd25e1f0284c8555 1653816591\n",
        beside={
            "LICENSE": File(
                path="var/db/pkg/app-misc/zed-1.2_p1-r1/LICENSE", content=b"|| ( GPL-2+ MIT ) BSD\n"
            ),
            "SLOT": File(path="var/db/pkg/app-misc/zed-1.2_p1-r1/SLOT", content=b"3/1.2\n"),
        },
    ),
    expect=("pkg:ebuild/app-misc/zed@1.2_p1-r1?slot=3", "owned ebuild/zed"),
)
def portage(file: File) -> Iterator[Package | Owned]:
    """Yield the package and the paths it owns; a slot other than 0 qualifies it."""
    *_, category, folder, _ = file.path.split("/")
    version = _VERSION(folder)
    if not version or not version.start():
        raise ParseError(file.path, f"a folder that is no name and version: {folder[:100]!r}")
    name, slot = folder[: version.start()], _line(file, "SLOT").partition("/")[0]
    licence = _licence(_line(file, "LICENSE").split())
    yield Package(
        type="ebuild",
        namespace=category,
        name=name,
        version=version[1],
        qualifiers={"slot": slot} if slot not in {"", "0"} else {},
        path=file.path,
        layer=file.layer,
        licences=(licence,) if licence else (),
    )
    lines = file.data.split(b"\n")
    found = [path for path in map(_path, lines) if path]
    if found:
        yield Owned(type="ebuild", package=name, paths=b"\n".join(found))
    broken = sum(1 for line in lines if line and not _path(line))
    if broken:
        raise ParseError(file.path, f"{broken} lines that are no entries")


def _line(file: File, name: str) -> str:
    beside = file.near(name)
    return beside.read(0, MAX_BYTES).decode(errors="replace").strip() if beside else ""


def _path(line: bytes) -> bytes:
    """The path of an entry: objects have a checksum and a time, links a target and a time."""
    kind, _, rest = line.partition(b" ")
    if kind == b"obj":
        return (rest.rsplit(b" ", 2) if rest.count(b" ") > 1 else [b""])[0]
    if kind == b"sym":
        return rest.partition(b" -> ")[0]
    return rest if kind in {b"dir", b"dev", b"fif"} else b""


def _licence(words: list[str]) -> str:
    """An expression: all of a group hold, or one of those behind ``||``; uses are left out."""
    groups: list[tuple[str, list[str]]] = [(" AND ", [])]
    joint = " AND "
    for word in words:
        if word == "||":
            joint = " OR "
        elif word == "(":
            groups.append((joint, []))
            joint = " AND "
            if len(groups) > MAX_DEPTH:
                return ""
        elif word == ")":
            if len(groups) > 1:
                by, parts = groups.pop()
                groups[-1][1].append(_joined(by, parts))
        elif not word.endswith("?"):
            groups[-1][1].append(
                _NAMES.get(word) or spdx(f"G{word}" if word.startswith("FDL-") else word)
            )
    while len(groups) > 1:
        by, parts = groups.pop()
        groups[-1][1].append(_joined(by, parts))
    return _joined(*groups[0])


def _joined(by: str, parts: list[str]) -> str:
    each = list(dict.fromkeys(filter(None, parts)))
    if len(each) == 1:
        return each[0]
    return by.join(f"({part})" if " " in part else part for part in each)
