"""Cargo.toml: the crates that a Rust package or workspace asks for.

Format: https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html
"""

from collections.abc import Iterator, Sequence

from hullmark.menders import mender
from hullmark.model import File
from hullmark.model.leaves import Leaf, Path, toml_leaves
from hullmark.model.mending import Before, Edit, Left, Wanted
from hullmark.model.raising import CARGO, raise_leaf

_TABLES = ("dependencies", "dev-dependencies", "build-dependencies")


@mender(
    id="cargo-toml",
    types=("cargo",),
    names=("Cargo.toml",),
    example=File(
        path="Cargo.toml",
        content=b"""\
[dependencies]
oak = "2.1"  # a caret without its sign
wood = { package = "leaf", version = "=1.0.0" }
[target.'cfg(unix)'.dev-dependencies.twig]
version = "~1.4"
""",
    ),
    wanted=(
        Wanted(type="cargo", name="oak", version="2.1.0", to="2.1.4"),
        Wanted(type="cargo", name="leaf", version="1.0.0", to="1.0.1"),
        Wanted(type="cargo", name="twig", version="1.4.3", to="1.5.1"),
    ),
    expect=b"""\
[dependencies]
oak = "2.1.4"  # a caret without its sign
wood = { package = "leaf", version = "=1.0.1" }
[target.'cfg(unix)'.dev-dependencies.twig]
version = "~1.5.1"
""",
)
def cargo_toml(file: File, wanted: Wanted, before: Before) -> Iterator[Edit | Left]:
    """Raise the lowest version of a crate, renamed ones and those of targets and workspaces too."""
    leaves = toml_leaves(file)
    renamed = {leaf.path[:-1]: leaf.text for leaf in leaves if leaf.path[-1] == "package"}
    for leaf, entry in _versions(leaves):
        if renamed.get(entry, entry[-1]) == wanted.name:
            yield raise_leaf(leaf.text, leaf.start, wanted, before, CARGO)


def _versions(leaves: Sequence[Leaf]) -> Iterator[tuple[Leaf, Path]]:
    """Strings that are versions, with the keys of their dependency."""
    for leaf in leaves:
        entry = leaf.path[:-1] if leaf.path[-1] == "version" else leaf.path
        table = entry[-2:-1]
        outer = entry[:-2]
        known = outer in ((), ("workspace",)) or (len(outer) == 2 and outer[0] == "target")  # noqa: PLR2004 - target and its name
        if known and table and table[0] in _TABLES:
            yield leaf, entry
