"""The files of one line that named a distribution before os-release, and name point releases.

Format: one line; https://wiki.debian.org/DebianVersion for Debian's.
"""

from collections.abc import Iterator

from hullmark.model import Distribution, File, ParseError
from hullmark.model.lifecycle import end_of_life
from hullmark.unit import parser

MAX_BYTES = 4096
"""They hold one line of some 60 bytes."""

_NAMES = {
    "almalinux": "almalinux",
    "amazon linux": "amzn",
    "centos": "centos",
    "fedora": "fedora",
    "oracle": "ol",
    "red hat": "rhel",
    "rocky": "rocky",
    "scientific": "scientific",
}
"""How the line begins, and the distribution's ID in os-release."""


@parser(
    id="distribution-files",
    names=(
        "etc/almalinux-release",
        "etc/alpine-release",
        "etc/centos-release",
        "etc/debian_version",
        "etc/fedora-release",
        "etc/oracle-release",
        "etc/redhat-release",
        "etc/rocky-release",
        "etc/system-release",
    ),
    example=File(path="etc/redhat-release", content=b"CentOS release 6.10 (Final)\n"),
    expect=("distribution centos 6.10",),
)
def distribution_files(file: File) -> Iterator[Distribution]:
    """Yield the distribution with the most exact version there is, such as Debian 12.7.

    ``etc/debian_version`` tells of Debian alone: derivatives keep the file of what they derive
    from. On a branch without a number it yields the codename.
    """
    if file.size > MAX_BYTES:
        raise ParseError(file.path, f"{file.size} bytes are more than {MAX_BYTES}")
    line = (file.text().split("\n") or [""])[0].strip()
    if file.name == "alpine-release":
        yield _numbered(file, "alpine", line)
    elif file.name == "debian_version":
        if line[:1].isdigit():
            yield _numbered(file, "debian", line)
        else:
            codename = line.partition("/")[0]
            if not codename.isalpha():
                raise ParseError(file.path, f"neither a number nor a codename: {line[:40]!r}")
            yield Distribution(id="debian", codename=codename, path=file.path)
    else:
        yield _released(file, line)


def _numbered(file: File, id: str, version: str) -> Distribution:
    if not version[:1].isdigit() or len(version.split()) > 1:
        raise ParseError(file.path, f"no version: {version[:40]!r}")
    end = end_of_life(id, version)
    return Distribution(id=id, version=version, path=file.path, end_of_life=end)


def _released(file: File, line: str) -> Distribution:
    """``CentOS Linux release 7.9.2009 (Core)`` and its like."""
    name, _, rest = line.partition(" release ")
    version, _, codename = rest.partition(" ")
    low = name.lower()
    id = next((id for start, id in _NAMES.items() if low.startswith(start)), "")
    if not id or not version[:1].isdigit():
        raise ParseError(file.path, f"no distribution that we know: {line[:40]!r}")
    release = "centos-stream" if low.startswith("centos stream") else id
    return Distribution(
        id=id,
        version=version,
        name=line,
        codename=codename.strip("()"),
        path=file.path,
        end_of_life=end_of_life(release, version),
    )
