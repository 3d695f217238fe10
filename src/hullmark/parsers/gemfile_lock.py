"""Gemfile.lock and gems.locked: the exact gems of a Ruby bundle.

Format: written and read by https://github.com/rubygems/rubygems (bundler's lockfile parser).
"""

from collections.abc import Iterator
from re import MULTILINE, Match

from hullmark.model import File, Package, ParseError
from hullmark.model.later import regex
from hullmark.model.relations import related
from hullmark.unit import parser

MAX_LOCK_BYTES = 4 * 1024 * 1024
"""Some 50,000 gems; the largest applications lock 1,000."""
MAX_PLATFORMS = 32
"""Of one gem, that those which need it are tied to; the widest gems are built for twelve."""

_SECTIONS = ("GEM", "GIT", "PATH", "PLUGIN SOURCE")
_SPEC = regex(r"    ([^\s()]{1,200})(?: \(([^()\s-]{1,200})(?:-([^()\s]{1,200}))?\))?!?\Z").match
_SECTION = regex(r"^(?:GEM|GIT|PATH|DEPENDENCIES|PLATFORMS)\s*$", MULTILINE).search


@parser(
    id="gemfile-lock",
    names=("Gemfile.lock", "gems.locked"),
    declared=True,
    version=2,
    example=File(
        path="srv/Gemfile.lock",
        content=b"""\
GIT
  remote: https://example.org/tool.git
  revision: 4c2a6b1f0c9d8e7f6a5b4c3d2e1f0a9b8c7d6e5f
  specs:
    tool (0.4.0)

GEM
  remote: https://rubygems.org/
  specs:
    rake (13.0.6)
    racc (1.7.1-java)
    nokogiri (1.15.4-x86_64-linux)
      racc (~> 1.4)

PLATFORMS
  x86_64-linux

DEPENDENCIES
  nokogiri
  tool!
""",
    ),
    expect=(
        "pkg:gem/tool@0.4.0",
        "pkg:gem/rake@13.0.6",
        "pkg:gem/racc@1.7.1?platform=java",
        "pkg:gem/nokogiri@1.15.4?platform=x86_64-linux",
    ),
)
def gemfile_lock(file: File) -> Iterator[Package]:
    """Yield every gem of a registry, a repository or a folder.

    A gem locked for several platforms is yielded once for each. The lock does not tell
    which are needed only to develop.
    """
    if file.size > MAX_LOCK_BYTES:
        raise ParseError(file.path, f"{file.size} bytes are more than the {MAX_LOCK_BYTES} read")
    text = file.text()
    if text.strip() and not _SECTION(text):
        raise ParseError(file.path, "no section of a bundle's lock file")
    entries: list[Package] = []
    wanted: list[list[str]] = []
    asked: set[str] = set()
    section = ""
    for line in text.splitlines():
        if line and line[0] != " ":
            section = line.rstrip()
        elif section == "DEPENDENCIES":
            asked.add(_named(line))
        elif section not in _SECTIONS:
            continue
        elif line.startswith("      ") and entries:
            wanted[-1].append(_named(line))
        elif spec := _SPEC(line):
            entries.append(_package(file, spec))
            wanted.append([])
    places: dict[str, list[int]] = {}
    for index, entry in enumerate(entries):
        places.setdefault(entry.name, []).append(index)
    yield from related(
        entries,
        [[at for name in names for at in places.get(name, ())[:MAX_PLATFORMS]] for names in wanted],
        direct={at for name in asked for at in places.get(name, ())} if asked else None,
    )


def _named(line: str) -> str:
    """The gem that a line of dependencies asks for; one of a repository ends in ``!``."""
    return line.strip().partition(" ")[0].removesuffix("!")


def _package(file: File, spec: Match[str]) -> Package:
    return Package(
        type="gem",
        name=spec[1],
        version=spec[2] or "",
        qualifiers={"platform": spec[3]} if spec[3] else {},
        path=file.path,
        declared=True,
    )
