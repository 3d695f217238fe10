"""cpanfile.snapshot: the exact distributions of a Perl project.

Format: written by https://metacpan.org/dist/Carton, version 1.0; levels are indented by two spaces.
"""

from collections.abc import Iterator

from hullmark.model import File, Package, ParseError
from hullmark.model.cpan import Distribution, from_pathname
from hullmark.model.relations import related
from hullmark.unit import parser

MAX_SNAPSHOT_BYTES = 32 * 1024 * 1024
"""Ten times what 5,000 distributions of 100 modules each would fill."""

_DISTRIBUTION, _FIELD, _MODULE = 2, 4, 6
"""How far the levels are indented."""


class _Locked:
    """One distribution as far as it is read: its archive, and its and others' modules."""

    def __init__(self) -> None:
        self.pathname = ""
        self.provides: list[str] = []
        self.requirements: list[str] = []


@parser(
    id="cpanfile-snapshot",
    names=("cpanfile.snapshot",),
    declared=True,
    example=File(
        path="srv/cpanfile.snapshot",
        content=b"""\
# carton snapshot format: version 1.0
DISTRIBUTIONS
  Acme-Other-v0.1.0
    pathname: E/EX/EXAMPLE/Acme-Other-v0.1.0.tar.gz
    provides:
      Acme::Other 0.001000
    requirements:
      ExtUtils::MakeMaker 0
  Acme-Tool-0.20
    pathname: E/EX/EXAMPLE/Acme-Tool-0.20.tar.gz
    provides:
      Acme::Tool 0.20
    requirements:
      Acme::Other 0
      perl 5.010
""",
    ),
    expect=("pkg:cpan/EXAMPLE/Acme-Other@v0.1.0", "pkg:cpan/EXAMPLE/Acme-Tool@0.20"),
)
def cpanfile_snapshot(file: File) -> Iterator[Package]:
    """Yield every distribution, named by its archive on CPAN.

    The snapshot does not tell which the project itself asks for, nor which only to build.
    """
    if file.size > MAX_SNAPSHOT_BYTES:
        raise ParseError(
            file.path, f"{file.size} bytes are more than the {MAX_SNAPSHOT_BYTES} read"
        )
    text = file.text()
    if "DISTRIBUTIONS" not in text[:1000]:
        raise ParseError(file.path, "no list of distributions at its start")
    locked = _locked(text)
    found = [from_pathname(each.pathname) for each in locked]
    owners = {name: index for index, each in enumerate(locked) for name in each.provides}
    yield from related(
        [_package(file, each) if each else None for each in found],
        [[owners[name] for name in each.requirements if name in owners] for each in locked],
    )
    unnamed = [each.pathname for each, name in zip(locked, found, strict=True) if not name]
    if unnamed:
        raise ParseError(file.path, f"no archive of a distribution is {unnamed[0][:200]!r}")


def _locked(text: str) -> list[_Locked]:
    """Each distribution; lines of other levels or fields tell nothing that is wanted."""
    locked: list[_Locked] = []
    names: list[str] = []
    for line in text.splitlines():
        words = line.split()
        indent = len(line) - len(line.lstrip(" "))
        if words and indent == _DISTRIBUTION:
            locked.append(_Locked())
            names = []
        elif words and indent == _FIELD and locked:
            current = locked[-1]
            if words[0] == "pathname:":
                current.pathname = words[-1]
            fields = {"provides:": current.provides, "requirements:": current.requirements}
            names = fields.get(words[0], [])
        elif words and indent == _MODULE:
            names.append(words[0])
    return locked


def _package(file: File, found: Distribution) -> Package:
    return Package(
        type="cpan",
        namespace=found.author,
        name=found.name,
        version=found.version,
        path=file.path,
        declared=True,
    )
