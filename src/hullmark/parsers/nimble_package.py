"""nimblemeta.json: a Nim package that Nimble installed.

Format: written by Nimble into each package's folder; https://nim-lang.github.io/nimble/folder-structure.html
"""

from collections.abc import Iterator
from re import compile as regex

from msgspec import Struct, field

from hullmark.model import File, Package, ParseError
from hullmark.model.repository import vcs_url
from hullmark.unit import parser

_FOLDER = regex(r"(.{1,200}?)-((?:[0-9]|#).{0,200}?)(?:-([0-9a-f]{40}))?\Z").match
"""Name, version and, since Nimble 0.14, checksum; a special version begins with a number sign."""


class Meta(Struct):
    """Where the package came from."""

    url: str = ""
    commit: str = field(name="vcsRevision", default="")
    method: str = field(name="downloadMethod", default="git")


class Wrapped(Meta):
    """A whole file; since Nimble 0.14 all stands in ``metaData``."""

    meta: Meta | None = field(name="metaData", default=None)


@parser(
    id="nimble-package",
    names=("nimblemeta.json",),
    example=File(
        path="root/.nimble/pkgs2/oak-2.1.0-97b3888a4aecf77e811145cadf6eef5901f4782c/nimblemeta.json",
        content=b"""\
{"version": 1, "metaData": {"url": "https://code.example/oak", "downloadMethod": "git",
  "vcsRevision": "4c2a6b1f0c9d", "files": ["/oak.nim"], "binaries": [], "specialVersions": []}}
""",
    ),
    expect=("pkg:generic/oak@2.1.0?vcs_url=git%2Bhttps://code.example/oak%404c2a6b1f0c9d",),
)
def nimble_package(file: File) -> Iterator[Package]:
    """Yield the package with its repository; name and version are those of its folder."""
    described = file.json(Wrapped)
    meta = described.meta or described
    folder = _FOLDER(file.path.rpartition("/")[0].rpartition("/")[2])
    if not folder:
        raise ParseError(file.path, "its folder is not named for a package and its version")
    yield Package(
        type="generic",
        name=folder[1],
        version=folder[2].removeprefix("#"),
        qualifiers=vcs_url(meta.url, meta.commit) if meta.method == "git" else {},
        path=file.path,
    )
