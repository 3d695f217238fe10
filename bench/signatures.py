"""Confirm signatures against the real binaries that their entries name: run by hand, downloads.

    python -m bench.signatures FOLDER

Fetches each Debian package that the machine's apt offers into FOLDER and prints, for every file
of a known name, what it was taken for beside the package's version. Exits 1 where a program's
signature was found in none of its packages' files, though one of them was to be had.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from subprocess import run

from hullmark.binaries import PROGRAMS, Program, named
from hullmark.model import File, Package
from hullmark.parsers.binary_signature import binary_signature

MAGIC = b"\x7fELF"


def main(folder: Path) -> int:
    """Print a line a file, and how many programs were confirmed."""
    lost = []
    for program in PROGRAMS:
        roots = [root for package in debian(program) if (root := fetched(folder, package))]
        found = [confirmed(program, root) for root in roots]
        if roots and not any(found):
            lost.append(program.name)
    print(f"{len(lost)} not confirmed: {', '.join(lost)}")
    return int(bool(lost))


def debian(program: Program) -> Iterator[str]:
    """The Debian packages among those that an entry names."""
    for place in program.seen:
        kind, _, package = place.partition(":")
        if kind == "deb":
            yield package


def fetched(folder: Path, package: str) -> Path | None:
    """Where a package lies unpacked; ``None`` when apt does not offer it."""
    root = folder / package
    if root.exists():
        return root
    download = folder / f"{package}.download"
    download.mkdir(parents=True, exist_ok=True)
    get = ["apt-get", "download", "-qq", package]
    done = run(get, cwd=download, check=False, capture_output=True)
    archive = next(download.glob("*.deb"), None)
    if done.returncode or archive is None:
        print(f"{package}: not offered")
        return None
    run(["dpkg-deb", "-x", archive, download / "root"], check=True)
    (download / "root/version").write_text(archive.name.split("_")[1].replace("%3a", ":"))
    return (download / "root").rename(root)


def confirmed(program: Program, root: Path) -> bool:
    """Whether a file of the package is taken for the program, in the package's own version."""
    package = (root / "version").read_text()
    sure = False
    for path in root.rglob("*"):
        if path.is_symlink() or not path.is_file() or program not in named(path.name):
            continue
        content = path.read_bytes()
        if content.startswith(MAGIC):
            for fact in binary_signature.parse(File(path=path.name, content=content)):
                if isinstance(fact, Package) and fact.name == program.name:
                    print(f"{root.name} {package}: {path.name}: {fact.purl}")
                    sure |= agree(fact.version, package)
    return sure


def agree(found: str, package: str) -> bool:
    """Whether a package's version holds the one that was found; Ruby counts patches."""
    release = re.split("[-+p]", found, maxsplit=1)[0]
    return release in package


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
