"""Cargo.toml: the crates that a Rust package or workspace asks for.

Format: https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html
"""

from collections.abc import Iterator
from re import ASCII
from re import compile as regex

from hullmark.model import File, Package, dig
from hullmark.model.asked import Asked, Dependency
from hullmark.model.unlocked import is_installed, told
from hullmark.unit import parser

_TABLES = {
    "dependencies": False,
    "dev-dependencies": True,
    "dev_dependencies": True,
    "build-dependencies": True,
    "build_dependencies": True,
}
"""Tables of crates, and whether these are for development."""

_EXACT = regex(
    r"[ \t]*=[ \t]*([0-9]+\.[0-9]+\.[0-9]+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?)[ \t]*\Z", ASCII
).match


@parser(
    id="cargo-toml",
    names=("Cargo.toml",),
    declared=True,
    example=File(
        path="srv/Cargo.toml",
        content=b"""\
[package]
name = "grove"
[dependencies]
oak = "2.1"
wood = { package = "leaf", version = "=1.0.0" }
soil = { path = "../soil", version = "0.1.0" }
[target.'cfg(unix)'.dev-dependencies.twig]
version = "=1.4.2"
""",
    ),
    expect=("pkg:cargo/leaf@1.0.0", "pkg:cargo/twig@1.4.2", "asks for 1 of cargo"),
)
def cargo_toml(file: File) -> Iterator[Package | Asked]:
    """Yield what is asked for by one exact version, where no lock tells of it.

    What is asked for by ranges or addresses, and is not told by a lock, is a gap. Folders beside
    the package are left out; what a workspace says for its members counts where it says it.
    """
    if is_installed(file.path):
        return
    document = file.toml(dict[str, object])
    name = dig(document, "package", "name")
    project = name if isinstance(name, str) else ""
    yield from told(file, "cargo", _asked(document), locks=("Cargo.lock",), project=project)


def _asked(document: dict[str, object]) -> Iterator[Dependency]:
    targets = document.get("target")
    outer = [document, document.get("workspace")]
    outer += targets.values() if isinstance(targets, dict) else ()
    for part in outer:
        for table, development in _TABLES.items():
            crates = dig(part, table)
            for name, entry in crates.items() if isinstance(crates, dict) else ():
                said = entry if isinstance(entry, dict) else {"version": entry}
                if not said.get("path") and not said.get("workspace"):
                    real, range = said.get("package"), said.get("version")
                    match = _EXACT(range) if isinstance(range, str) and "git" not in said else None
                    crate = real if isinstance(real, str) else name
                    yield Dependency(crate, match[1] if match else "", development)
