"""conan.lock: the exact packages of a C or C++ project; graphs of Conan 1 and lists of Conan 2.

Format: https://docs.conan.io/2/reference/commands/lock.html,
https://docs.conan.io/1/versioning/lockfiles.html
"""

from collections.abc import Iterator

from msgspec import Struct

from hullmark.model import File, Package, ParseError, conan
from hullmark.model.by_name import related
from hullmark.unit import parser


class Node(Struct):
    """One package of a graph; that with a ``path`` is being built. ``pref`` is what ``ref`` was."""

    ref: str = ""
    pref: str = ""
    path: str | None = None
    context: str = ""
    requires: list[str] | dict[str, str] | None = None
    build_requires: list[str] | dict[str, str] | None = None
    python_requires: list[str] | None = None


class Graph(Struct):
    """The packages of Conan 1, by their number."""

    nodes: dict[str, Node]


class Lock(Struct):
    """A whole file: ``graph_lock`` is Conan 1's, the lists are Conan 2's."""

    version: str
    graph_lock: Graph | None = None
    requires: list[str] = []
    build_requires: list[str] = []
    python_requires: list[str] = []
    config_requires: list[str] = []


@parser(
    id="conan-lock",
    names=("conan.lock",),
    declared=True,
    example=File(
        path="srv/conan.lock",
        content=b"""\
{"version": "0.4", "graph_lock": {"revisions_enabled": true, "nodes": {
  "0": {"path": "conanfile.txt", "context": "host", "requires": ["1"], "build_requires": ["3"]},
  "1": {"ref": "oak/2.1.0#4c2a6b1f0c9d", "context": "host", "requires": ["2"]},
  "2": {"ref": "leaf/1.4.0@tree/stable#97b3888a4aec", "context": "host"},
  "3": {"ref": "saw/3.0#0c9d97b3888a", "context": "build"}
}}}
""",
    ),
    expect=(
        "pkg:conan/oak@2.1.0?rrev=4c2a6b1f0c9d",
        "pkg:conan/tree/leaf@1.4.0?channel=stable&rrev=97b3888a4aec",
        "pkg:conan/saw@3.0?rrev=0c9d97b3888a",
    ),
)
def conan_lock(file: File) -> Iterator[Package]:
    """Yield every package with its user, its channel and the revision of its recipe.

    What is needed only to build, recipes shared by others among it, is for development. Who asked
    for a package and what it requires is told by Conan 1 alone.
    """
    lock = file.json(Lock)
    nodes = lock.graph_lock.nodes if lock.graph_lock else {}
    needs = {key: _needs(node) for key, node in nodes.items()}
    own = [key for key, node in nodes.items() if node.path is not None]
    asked = {need for key in own for need in needs[key]}
    listed = [
        (key, node.ref or node.pref, key in asked if own else None, node.context == "build")
        for key, node in nodes.items()
        if node.path is None
    ]
    shared = [each for node in nodes.values() for each in node.python_requires or ()]
    listed += [(each, each, None, False) for each in lock.requires]
    for each in (*lock.build_requires, *lock.python_requires, *lock.config_requires, *shared):
        listed.append((each, each, None, True))
    found: dict[str, Package] = {}
    strange: list[str] = []
    for key, reference, direct, development in listed:
        package = conan.package(
            reference, file.path, declared=True, direct=direct, development=development
        )
        if package:
            found.setdefault(key, package)
        else:
            strange.append(reference)
    yield from related(found, needs)
    if strange:
        raise ParseError(file.path, f"no reference of Conan: {strange[0][:80]!r}")


def _needs(node: Node) -> list[str]:
    """The numbers of what a node needs; early locks name each beside its number."""
    needs: list[str] = []
    for some in (node.requires, node.build_requires):
        needs += some.values() if isinstance(some, dict) else some or ()
    return needs
