"""Package.resolved: the exact packages of a Swift project, versions 1 to 3.

Format: https://docs.swift.org/swiftpm/documentation/packagemanagerdocs/resolvingpackageversions
"""

from collections.abc import Iterator

from msgspec import UNSET, Struct, UnsetType, field

from hullmark.model import File, Package, ParseError
from hullmark.model.repository import place
from hullmark.unit import parser


class State(Struct):
    """What was resolved: the version of a tag, else the commit of a branch or a bare commit."""

    version: str | None = None
    revision: str | None = None


class Pin(Struct):
    """One package by its URL, under either name; one of a registry has only an identity."""

    state: State
    identity: str = ""
    location: str = ""
    old_location: str = field(name="repositoryURL", default="")


class Pins(Struct):
    """What version 1 wraps once more."""

    pins: list[Pin]


class Lock(Struct):
    """A whole file."""

    pins: list[Pin] | UnsetType = UNSET
    object: Pins | UnsetType = UNSET


@parser(
    id="swift-resolved",
    names=("Package.resolved",),
    declared=True,
    example=File(
        path="srv/Package.resolved",
        content=b"""\
{"pins": [
  {"identity": "oak", "kind": "remoteSourceControl", "location": "https://code.example/tree/Oak.git",
   "state": {"revision": "4c2a6b1f0c9d", "version": "2.1.0"}},
  {"identity": "elm", "kind": "remoteSourceControl", "location": "git@code.example:tree/Elm.git",
   "state": {"branch": "main", "revision": "97b3888a4aec"}},
  {"identity": "tree.Leaf", "kind": "registry", "location": "", "state": {"version": "1.0.0"}}
], "version": 3}
""",
    ),
    expect=(
        "pkg:swift/code.example/tree/Oak@2.1.0",
        "pkg:swift/code.example/tree/Elm@97b3888a4aec",
        "pkg:swift/tree/Leaf@1.0.0",
    ),
)
def swift_resolved(file: File) -> Iterator[Package]:
    """Yield every package from a repository or a registry.

    One that follows a branch or a commit has the commit as its version. Of a package in a
    registry the namespace is its scope. Folders of the machine are left out.
    """
    lock = file.json(Lock)
    pins = lock.pins or (lock.object.pins if lock.object else lock.pins)
    if pins is UNSET:
        raise ParseError(file.path, "no pins in it")
    strange = ""
    for pin in pins:
        url = pin.location or pin.old_location
        host, path = place(url) if url else ("", pin.identity.replace(".", "/", 1))
        namespace, _, name = f"{host}/{path}".strip("/").rpartition("/")
        if namespace and name:
            yield Package(
                type="swift",
                namespace=namespace,
                name=name,
                version=pin.state.version or pin.state.revision or "",
                path=file.path,
                declared=True,
            )
        elif not url.startswith(("/", "file:")):
            strange = strange or url or pin.identity or "an empty one"
    if strange:
        raise ParseError(file.path, f"no repository or registry is named by {strange[:80]!r}")
