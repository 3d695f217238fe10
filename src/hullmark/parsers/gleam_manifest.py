"""manifest.toml: the exact packages of a Gleam project.

Format: https://gleam.run/writing-gleam/gleam-toml/, written by ``gleam deps``
"""

from collections.abc import Iterator

from msgspec import Struct

from hullmark.model import File, Package
from hullmark.model.by_name import related
from hullmark.model.repository import vcs_url
from hullmark.unit import parser

MARK = b"build_tools"
"""Stands in the entry of every package: the name of the file is other tools' too."""


class Locked(Struct):
    """One package; ``commit`` is that of a repository."""

    name: str
    version: str
    requirements: list[str] = []
    source: str = "hex"
    repo: str = ""
    commit: str = ""


class Lock(Struct):
    """A whole file."""

    packages: list[Locked] = []
    requirements: dict[str, object] = {}


@parser(
    id="gleam-manifest",
    names=("manifest.toml",),
    declared=True,
    example=File(
        path="srv/manifest.toml",
        content=b"""\
[[packages]]
name = "elm"
version = "0.3.0"
build_tools = ["gleam"]
requirements = []
source = "git"
repo = "https://code.example/elm.git"
commit = "4c2a6b1f0c9d"

[[packages]]
name = "leaf"
version = "1.4.0"
build_tools = ["gleam"]
requirements = []
source = "hex"

[[packages]]
name = "oak"
version = "2.1.0"
build_tools = ["rebar3"]
requirements = ["leaf"]
source = "hex"

[requirements]
elm = { git = "https://code.example/elm.git", ref = "main" }
oak = { version = "~> 2.0" }
""",
    ),
    expect=(
        "pkg:otp/elm@0.3.0?vcs_url=git%2Bhttps://code.example/elm.git%404c2a6b1f0c9d",
        "pkg:hex/leaf@1.4.0",
        "pkg:hex/oak@2.1.0",
    ),
)
def gleam_manifest(file: File) -> Iterator[Package]:
    """Yield every package of Hex or a git repository, not those in local folders.

    What gleam.toml asks for is direct, though the manifest does not tell which of it is only for
    tests. A file that is not Gleam's yields nothing.
    """
    if MARK not in file.data:
        return
    lock = file.toml(Lock)
    found = {
        each.name: Package(
            type="otp" if each.source == "git" else "hex",
            name=each.name.lower(),
            version=each.version,
            qualifiers=vcs_url(each.repo, each.commit) if each.source == "git" else {},
            path=file.path,
            declared=True,
            direct=each.name in lock.requirements,
        )
        for each in lock.packages
        if each.source != "local"
    }
    yield from related(found, {each.name: each.requirements for each in lock.packages})
