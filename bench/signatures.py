"""Confirm signatures against the real binaries that their entries name: run by hand, downloads.

    python -m bench.signatures FOLDER [NAME...]

Fetches every package that an entry names into FOLDER, through apt, pip and npm, and prints for
each of its files of a known name what it was taken for. Debian's packages come from the machine's
own release, and where that has none of the name from sid, whose lists are kept in FOLDER. Exits 1
where a package that was to be had holds no file of its program, or one of another version.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from subprocess import run

from hullmark.binaries import PROGRAMS, Program, named
from hullmark.model import File, Package, ParseError
from hullmark.parsers.binary_signature import binary_signature

MAGIC = b"\x7fELF"
TIME_LIMIT_S = 300
"""Of one download; Chromium's takes a minute or two."""

KEYS = "/usr/share/keyrings/debian-archive-keyring.gpg"


def main(folder: Path, names: list[str]) -> int:
    """Print a line a file, and how many programs were confirmed."""
    confirmed, lost = set(), []
    for program in PROGRAMS:
        for place in program.seen if not names or program.name in names else ():
            root = fetched(folder.resolve(), place)
            if root and agrees(program, place, root):
                confirmed.add(program.name)
            elif root:
                lost.append(f"{program.name} in {place}")
    print(f"{len(confirmed)} confirmed; {len(lost)} not: {', '.join(lost) or 'none'}")
    return int(bool(lost))


def fetched(folder: Path, place: str) -> Path | None:
    """Where a package lies unpacked; ``None`` when it is not to be had."""
    kind, _, package = place.partition(":")
    root = folder / re.sub("[^0-9A-Za-z.+-]", "_", place)
    if root.exists():
        return root
    download = root.with_suffix(f"{root.suffix}.download")
    download.mkdir(parents=True, exist_ok=True)
    archive = next(filter(None, GETTERS[kind](download, package)), None)
    if archive is None:
        print(f"{place}: not to be had")
        return None
    (download / "root").mkdir(exist_ok=True)
    unpack = {".deb": ["dpkg-deb", "-x"], ".whl": ["unzip", "-qo"], ".tgz": ["tar", "-xzf"]}
    where = {".deb": [], ".whl": ["-d"], ".tgz": ["-C"]}[archive.suffix]
    run([*unpack[archive.suffix], archive, *where, download / "root"], check=True)
    (download / "root/version").write_text(archive.name)
    archive.unlink()
    return (download / "root").rename(root)


def deb(folder: Path, package: str) -> Iterator[Path | None]:
    """The machine's own release first, then sid."""
    yield got(folder, ["apt-get", "download", "-qq", package], "*.deb")
    config = folder.parent / "sid/apt.conf"
    if not config.exists():
        sid(config)
    yield got(folder, ["apt-get", "-c", str(config), "download", "-qq", package], "*.deb")


def pypi(folder: Path, package: str) -> Iterator[Path | None]:
    """The wheel for this machine."""
    get = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "-q"]
    yield got(folder, [*get, "-d", ".", package], "*.whl")


def npm(folder: Path, package: str) -> Iterator[Path | None]:
    """The package as it was published; none of its scripts runs."""
    yield got(folder, ["npm", "pack", "--silent", "--ignore-scripts", package], "*.tgz")


GETTERS = {"deb": deb, "pypi": pypi, "npm": npm}


def got(folder: Path, command: list[str], pattern: str) -> Path | None:
    """The archive that a command leaves in its folder."""
    run(command, cwd=folder, check=False, capture_output=True, timeout=TIME_LIMIT_S)
    return next(folder.glob(pattern), None)


def sid(config: Path) -> None:
    """Keep lists of sid beside the machine's own, from the mirror that the machine uses."""
    home = config.parent
    (home / "lists/partial").mkdir(parents=True)
    sites = run(
        ["apt-get", "indextargets", "--format", "$(SITE) $(ORIGIN) $(LABEL)"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()
    mirror = next(line.split()[0] for line in sites if line.endswith(" Debian Debian"))
    (home / "sources.list").write_text(f"deb [signed-by={KEYS}] {mirror} sid main\n")
    config.write_text(
        f'Dir::Etc::sourcelist "{home}/sources.list";\nDir::Etc::sourceparts "-";\n'
        f'Dir::State::lists "{home}/lists";\nDir::Cache "{home}";\nAPT::Sandbox::User "root";\n'
    )
    run(["apt-get", "-c", config, "update", "-qq"], check=True)


def agrees(program: Program, place: str, root: Path) -> bool:
    """Whether files of the package are taken for the program, all in the version of its name.

    A file of another maker may tell its own: imageio-ffmpeg's ``ffmpeg-linux-x86_64-v7.0.2``.
    """
    package = (root / "version").read_text()
    found = list(versions(program, root))
    for name, version in found:
        print(f"{place} {package}: {name}: {program.name} {version}", flush=True)
    return bool(found) and all(same(version, f"{package} {name}") for name, version in found)


def versions(program: Program, root: Path) -> Iterator[tuple[str, str]]:
    """Name and version of every file that is taken for the program."""
    for path in sorted(root.rglob("*")):
        if path.is_symlink() or not path.is_file() or program not in named(path.name):
            continue
        content = path.read_bytes()
        if content.startswith(MAGIC):
            try:
                facts = list(binary_signature.parse(File(path=path.name, content=content)))
            except ParseError as error:
                print(error)
                continue
            for fact in facts:
                if isinstance(fact, Package) and fact.name == program.name:
                    yield path.name, fact.version


def same(found: str, names: str) -> bool:
    """Whether the names hold the version that was found; Ruby counts patches."""
    release = re.split("[-+p]", found, maxsplit=1)[0]
    return re.search(rf"(?<![0-9.]){re.escape(release)}(?![0-9])", names) is not None


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
