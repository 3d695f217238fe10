"""nimble.lock: the exact packages of a Nim project.

Format: https://nim-lang.github.io/nimble/lock-file.html
"""

from collections.abc import Iterator

from msgspec import Struct, field

from hullmark.model import File, Package
from hullmark.model.by_name import related
from hullmark.model.repository import vcs_url
from hullmark.unit import parser


class Locked(Struct):
    """One package, by the commit of its repository."""

    version: str
    url: str = ""
    commit: str = field(name="vcsRevision", default="")
    method: str = field(name="downloadMethod", default="git")
    dependencies: list[str] = []


class Lock(Struct):
    """A whole file."""

    packages: dict[str, Locked]


@parser(
    id="nimble-lock",
    names=("nimble.lock",),
    declared=True,
    example=File(
        path="srv/nimble.lock",
        content=b"""\
{"version": 2, "packages": {
  "leaf": {"version": "1.4.0", "vcsRevision": "97b3888a4aec", "url": "https://code.example/leaf",
    "downloadMethod": "git", "dependencies": [], "checksums": {"sha1": "4c2a6b1f0c9d"}},
  "oak": {"version": "2.1.0", "vcsRevision": "4c2a6b1f0c9d", "url": "https://code.example/oak",
    "downloadMethod": "git", "dependencies": ["leaf"], "checksums": {"sha1": "97b3888a4aec"}}
}, "tasks": {}}
""",
    ),
    expect=(
        "pkg:generic/leaf@1.4.0?vcs_url=git%2Bhttps://code.example/leaf%4097b3888a4aec",
        "pkg:generic/oak@2.1.0?vcs_url=git%2Bhttps://code.example/oak%404c2a6b1f0c9d",
    ),
)
def nimble_lock(file: File) -> Iterator[Package]:
    """Yield every package with its repository and commit."""
    packages = file.json(Lock).packages
    found = {
        name: Package(
            type="generic",
            name=name,
            version=each.version,
            qualifiers=vcs_url(each.url, each.commit) if each.method == "git" else {},
            path=file.path,
            declared=True,
        )
        for name, each in packages.items()
    }
    yield from related(found, {name: each.dependencies for name, each in packages.items()})
