"""stack.yaml.lock: the packages of a Haskell project that are not in its snapshot.

Format: https://docs.haskellstack.org/en/stable/topics/lock_files/
"""

from collections.abc import Iterator
from re import compile as regex

from msgspec import Struct

from hullmark.model import File, Package, ParseError
from hullmark.model.repository import vcs_url
from hullmark.unit import parser

_RELEASE = regex(r"([A-Za-z0-9-]{1,200})-([0-9]+(?:\.[0-9]+)*)(?:@.*)?\Z").match


class Completed(Struct):
    """What was found: a release of Hackage, or what a repository or an archive holds."""

    hackage: str = ""
    name: str = ""
    version: str = ""
    git: str = ""
    commit: str = ""
    url: str = ""


class Locked(Struct):
    """One package, as found and as asked for."""

    completed: Completed


class Lock(Struct):
    """A whole file."""

    packages: list[Locked]


@parser(
    id="stack-lock",
    names=("stack.yaml.lock",),
    declared=True,
    example=File(
        path="srv/stack.yaml.lock",
        content=b"""\
packages:
- completed:
    hackage: oak-tree-2.1.0@sha256:97b3888a4aecf77e811145cadf6eef5901f4782c,613
    pantry-tree: {sha256: 4c2a6b1f0c9d, size: 226}
  original:
    hackage: oak-tree-2.1.0
- completed:
    name: elm
    version: 0.3.0.1
    git: https://code.example/elm.git
    commit: 4c2a6b1f0c9d
  original: {git: "https://code.example/elm.git", commit: 4c2a6b1f0c9d}
snapshots: []
""",
    ),
    expect=(
        "pkg:hackage/oak-tree@2.1.0",
        "pkg:hackage/elm@0.3.0.1?vcs_url=git%2Bhttps://code.example/elm.git%404c2a6b1f0c9d",
    ),
)
def stack_lock(file: File) -> Iterator[Package]:
    """Yield every package of Hackage, a repository or an archive.

    Those of the snapshot, most of a project, stand in the snapshot alone.
    """
    strange = ""
    for each in (locked.completed for locked in file.yaml(Lock).packages):
        release = _RELEASE(each.hackage)
        name, version = release.groups() if release else (each.name, each.version)
        if not name or not version:
            strange = strange or each.hackage or each.name or "an entry without a name"
            continue
        yield Package(
            type="hackage",
            name=name,
            version=version,
            qualifiers=vcs_url(each.git, each.commit)
            or ({"download_url": each.url} if each.url else {}),
            path=file.path,
            declared=True,
        )
    if strange:
        raise ParseError(file.path, f"no name and version in {strange[:80]!r}")
