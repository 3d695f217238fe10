"""Gemfile.lock and gems.locked: the exact gems of a Ruby bundle.

Format: written and read by https://github.com/rubygems/rubygems (bundler's lockfile parser).
"""

from collections.abc import Iterator
from re import MULTILINE
from re import compile as regex

from hullmark.model import File, Package, ParseError
from hullmark.unit import parser

_SECTIONS = ("GEM", "GIT", "PATH", "PLUGIN SOURCE")
_SPEC = regex(r"    ([^\s()]{1,200})(?: \(([^()\s-]{1,200})(?:-([^()\s]{1,200}))?\))?!?\Z").match
_SECTION = regex(r"^(?:GEM|GIT|PATH|DEPENDENCIES|PLATFORMS)\s*$", MULTILINE).search


@parser(
    id="gemfile-lock",
    names=("Gemfile.lock", "gems.locked"),
    declared=True,
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
    """Yield every gem of a registry, a repository or a folder; not what each depends on.

    A gem locked for several platforms is yielded once for each.
    """
    text = file.text()
    if text.strip() and not _SECTION(text):
        raise ParseError(file.path, "no section of a bundle's lock file")
    section = ""
    for line in text.splitlines():
        if line and line[0] != " ":
            section = line.rstrip()
        elif section in _SECTIONS and (spec := _SPEC(line)):
            yield Package(
                type="gem",
                name=spec[1],
                version=spec[2] or "",
                qualifiers={"platform": spec[3]} if spec[3] else {},
                path=file.path,
                declared=True,
            )
