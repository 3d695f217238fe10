"""paket.lock: the exact packages of a Paket build, with or without ``specs`` lines.

Format: https://fsprojects.github.io/Paket/lock-file.html
"""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from hullmark.model import File, Package, ParseError
from hullmark.unit import parser

_SECTIONS = ("NUGET", "GITHUB", "GIST", "GIT", "HTTP")
_DEPENDENCY_INDENT = 6
"""Of what a package needs; the package itself stands at four."""


class _Section(Struct):
    """Where in the file a line stands; ``named`` are the packages of its group, by name."""

    group: str = ""
    kind: str = ""
    remote: str = ""


@parser(
    id="paket-lock",
    names=("paket.lock",),
    declared=True,
    example=File(
        path="srv/paket.lock",
        content=b"""\
STORAGE: NONE
NUGET
  remote: https://packages.example.org/v3/index.json
    Serilog (4.0.1) - restriction: >= net6.0
      System.Text.Json (>= 8.0.4)
    System.Text.Json (8.0.5)
GROUP Build
GITHUB
  remote: example/tools
    src/Pack.fs (4c2a6b1f0c9d)
""",
    ),
    expect=(
        "pkg:nuget/Serilog@4.0.1",
        "pkg:nuget/System.Text.Json@8.0.5",
        "pkg:github/example/tools@4c2a6b1f0c9d#src/Pack.fs",
    ),
)
def paket_lock(file: File) -> Iterator[Package]:
    """Yield every package, and every file or repository taken from a code host.

    Gists and files fetched from other places are no packages and left out. The lock tells neither
    what is asked for nor what helps to build: groups are named at will.
    """
    found: dict[tuple[str, str], Package] = {}
    needs: dict[tuple[str, str], list[str]] = {}
    key = ("", "")
    for section, name, version, deep in _lines(file):
        if not deep:
            key = (section.group, name.lower())
            if package := _package(file, section, name, version):
                found[key] = package
                needs[key] = []
        elif key in needs:
            needs[key].append(name.lower())
    purls = {key: package.purl for key, package in found.items()}
    for (group, name), package in found.items():
        wanted = ((group, need) for need in needs[group, name])
        yield replace(package, requires=tuple(purls[want] for want in wanted if want in purls))


def _lines(file: File) -> Iterator[tuple[_Section, str, str, bool]]:
    """Each line that names a package: where, name, version, and whether another needs it."""
    section = _Section()
    sections = 0
    for line in file.text().splitlines():
        words = line.split()
        if words and line[0] != " ":
            if words[0] == "GROUP":
                section = _Section(group=" ".join(words[1:]).lower())
            elif line.rstrip() in _SECTIONS:
                section = _Section(group=section.group, kind=words[0])
                sections += 1
            elif not words[0].endswith(":"):
                raise ParseError(file.path, f"no line of a lock of Paket: {line[:60]!r}")
        elif words and words[0] == "remote:":
            section = _Section(section.group, section.kind, words[-1])
        elif section.kind and ")" in line:
            name, _, rest = line.partition("(")
            deep = not line[:_DEPENDENCY_INDENT].strip() and bool(name.strip())
            yield section, name.strip(), rest.partition(")")[0].strip(), deep
    if not sections:
        raise ParseError(file.path, "no section of a lock of Paket")


def _package(file: File, section: _Section, name: str, version: str) -> Package | None:
    """What a line means in its section."""
    package = Package(type="nuget", name=name, version=version, path=file.path, declared=True)
    if section.kind == "NUGET":
        return package if name else None
    owner, _, repository = section.remote.removesuffix(".git").rpartition("/")
    if not repository:
        return None
    if section.kind == "GITHUB":
        return replace(package, type="github", namespace=owner, name=repository, subpath=name)
    if section.kind == "GIT":
        commit = {"vcs_url": f"git+{section.remote}@{version}"}
        return replace(package, type="generic", name=repository, qualifiers=commit)
    return None
