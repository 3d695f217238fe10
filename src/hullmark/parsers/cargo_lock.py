"""Cargo.lock: the exact crates of a Rust build, versions 1 to 4.

Format: https://doc.rust-lang.org/cargo/guide/cargo-toml-vs-cargo-lock.html
"""

from collections.abc import Iterator

from msgspec import Struct

from hullmark.model import File, Package
from hullmark.model.relations import related
from hullmark.unit import parser

CRATES_IO = (
    "registry+https://github.com/rust-lang/crates.io-index",
    "sparse+https://index.crates.io/",
)


class Crate(Struct, frozen=True):
    """One ``[[package]]`` table; only what lies in the build's own folders has no source.

    ``dependencies`` are ``name``, with the version where several have that name, and with the
    source in brackets, but without its commit, where that does not tell them apart either.
    """

    name: str
    version: str
    source: str = ""
    dependencies: tuple[str, ...] = ()


class Lock(Struct, frozen=True):
    """The part of the file that all versions share; the oldest keep the built crate in ``root``."""

    root: Crate | None = None
    package: tuple[Crate, ...] = ()


@parser(
    id="cargo-lock",
    names=("Cargo.lock",),
    declared=True,
    version=3,
    example=File(
        path="srv/Cargo.lock",
        content=b"""\
version = 4

[[package]]
name = "app"
version = "0.1.0"
dependencies = ["libc", "tool"]

[[package]]
name = "libc"
version = "0.2.155"
source = "registry+https://github.com/rust-lang/crates.io-index"
dependencies = ["tool"]
checksum = "97b3888a4aecf77e811145cadf6eef5901f4782c53886191b2f693f24761847c"

[[package]]
name = "tool"
version = "2.0.0"
source = "git+https://example.org/tool?tag=v2#4c2a6b1f0c9d"
""",
    ),
    expect=(
        "pkg:cargo/libc@0.2.155",
        "pkg:cargo/tool@2.0.0?vcs_url=git%2Bhttps://example.org/tool%404c2a6b1f0c9d",
    ),
)
def cargo_lock(file: File) -> Iterator[Package]:
    """Yield every crate that comes from a registry or a repository.

    The crates being built, which have no source, are not yielded; what they ask for is direct.
    A registry other than crates.io is named by ``repository_url``, a repository and its commit
    by ``vcs_url``. The lock does not tell what is needed only for tests.
    """
    lock = file.toml(Lock)
    crates = (*([lock.root] if lock.root else ()), *lock.package)
    known: dict[str, int] = {}
    for index, crate in enumerate(crates):
        full = f"{crate.name} {crate.version}"
        source = crate.source.partition("#")[0]
        names = (crate.name, full, f"{full} ({source})", f"{full} ({crate.source})")
        known |= dict.fromkeys(names, index)
    needs = [[known[name] for name in each.dependencies if name in known] for each in crates]
    own = [index for index, crate in enumerate(crates) if not crate.source]
    direct = {at for index in own for at in needs[index]} if own else None
    yield from related([_package(file, crate) for crate in crates], needs, direct=direct)


def _package(file: File, crate: Crate) -> Package | None:
    """A crate of somebody else's."""
    if not crate.source:
        return None
    return Package(
        type="cargo",
        name=crate.name,
        version=crate.version,
        qualifiers=_origin(crate.source),
        path=file.path,
        declared=True,
    )


def _origin(source: str) -> dict[str, str]:
    """Qualifiers that say where a crate comes from; none for crates.io."""
    if source in CRATES_IO:
        return {}
    url, _, commit = source.partition("#")
    if url.startswith("git+"):
        repository = url.partition("?")[0]
        return {"vcs_url": f"{repository}@{commit}" if commit else repository}
    return {"repository_url": url.partition("+")[2] or url}
