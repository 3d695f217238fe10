"""environment.yml: what conda is told to install.

Format: https://docs.conda.io/projects/conda/en/stable/user-guide/tasks/manage-environments.html,
each dependency a match specification (``channel::name=version=build``) or what pip is told.
"""

from collections.abc import Iterator

from msgspec import Struct

from hullmark.model import File, Package, ParseError
from hullmark.model.later import regex
from hullmark.parsers.requirements_txt import pinned
from hullmark.unit import parser

MAX_FILE_BYTES = 1024 * 1024
"""Ours: an exported environment of a thousand packages takes 50 KB."""

_specification = regex(
    r"(?:(\S+)::)?([A-Za-z0-9_][A-Za-z0-9_.-]*)\s*"
    r"(?:={1,2}\s*([A-Za-z0-9][A-Za-z0-9_.+!-]*)(?:=([A-Za-z0-9_.]+))?)?(\Z|[\s\[<>=!~|*,])"
).match


class Environment(Struct):
    """The part of the file that asks for packages."""

    dependencies: object = None


@parser(
    id="conda-environment",
    names=("environment.yml", "environment.yaml"),
    declared=True,
    example=File(
        path="srv/environment.yml",
        content=b"name: app\nchannels: [conda-forge]\ndependencies:\n  - python>=3.11\n"
        b"  - conda-forge::oak-tree=2.1=h0123_0\n  - leaf=1.0\n  - pip\n"
        b"  - pip:\n    - lint==3.0\n",
    ),
    expect=(
        "pkg:conda/oak-tree@2.1?build=h0123_0&channel=conda-forge",
        "pkg:conda/leaf@1.0",
        "pkg:pypi/lint@3.0",
    ),
)
def conda_environment(file: File) -> Iterator[Package]:
    """Yield what is pinned, by conda (``=`` or ``==``) and, below ``pip``, as requirements are.

    What leaves the version open is left out. An exported environment lists all that is
    installed, so that what is direct is not told. A file without ``dependencies`` asks conda
    for nothing.
    """
    if file.size > MAX_FILE_BYTES:
        raise ParseError(file.path, f"more than the {MAX_FILE_BYTES} bytes that are read")
    asked = file.yaml(Environment).dependencies
    strange: list[str] = []
    found: dict[str, Package] = {}
    for each in asked if isinstance(asked, list) else ():
        below = each.get("pip") if isinstance(each, dict) else None
        if isinstance(each, str):
            packages = _conda(file, each, strange)
        elif isinstance(below, list):
            packages = _pip(file, below, strange)
        else:
            strange.append(str(each)[:80])
            continue
        found |= {package.purl: package for package in packages}
    yield from found.values()
    if strange:
        raise ParseError(file.path, f"{strange[0][:80]!r} is no requirement")


def _conda(file: File, text: str, strange: list[str]) -> Iterator[Package]:
    """A specification that names one version; ``*`` and comparisons leave it open."""
    match = _specification(text.strip())
    if not match:
        strange.append(text)
        return
    channel, name, version, build, rest = match.groups()
    if version and rest in ("", " ", "["):
        qualifiers = {"channel": _channel(channel or ""), "build": build or ""}
        yield Package(
            type="conda",
            name=name.lower(),
            version=version,
            qualifiers=qualifiers,
            path=file.path,
            declared=True,
        )


def _channel(channel: str) -> str:
    """A channel's name: the last part of its address, or what stands before a platform."""
    _, address, place = channel.rpartition("://")
    return place.rpartition("/")[2] if address else place.partition("/")[0]


def _pip(file: File, lines: list[object], strange: list[str]) -> Iterator[Package]:
    """What stands in a requirements file's place."""
    for line in lines:
        try:
            for name, version in pinned(str(line)):
                yield Package(
                    type="pypi", name=name, version=version, path=file.path, declared=True
                )
        except ValueError:
            strange.append(str(line))
