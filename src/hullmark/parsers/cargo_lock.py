"""Cargo.lock: the exact crates of a Rust build, versions 1 to 4.

Format: https://doc.rust-lang.org/cargo/guide/cargo-toml-vs-cargo-lock.html
"""

from collections.abc import Iterator

from msgspec import Struct

from hullmark.model import File, Package
from hullmark.unit import parser

CRATES_IO = (
    "registry+https://github.com/rust-lang/crates.io-index",
    "sparse+https://index.crates.io/",
)


class Crate(Struct, frozen=True):
    """One ``[[package]]`` table; only what lies in the build's own folders has no source."""

    name: str
    version: str
    source: str = ""


class Lock(Struct, frozen=True):
    """The part of the file that all versions share."""

    package: tuple[Crate, ...] = ()


@parser(
    id="cargo-lock",
    names=("Cargo.lock",),
    declared=True,
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

    The crates being built, which have no source, are not yielded. A registry other than
    crates.io is named by ``repository_url``, a repository and its commit by ``vcs_url``.
    """
    for crate in file.toml(Lock).package:
        if crate.source:
            yield Package(
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
