"""Installed Ruby gems: the specification that RubyGems writes for each.

Format: https://guides.rubygems.org/specification-reference/, as ``Gem::Specification#to_ruby``
prints it. It is a program; the three statements wanted are literals on lines of their own.
"""

from collections.abc import Iterator
from re import MULTILINE

from hullmark.licences import spdx
from hullmark.model import File, Package, ParseError
from hullmark.model.later import regex
from hullmark.unit import parser

MAX_SPECIFICATION_BYTES = 4 * 1024 * 1024
"""Ten times the largest seen, whose length is in the names of its 5,000 files."""

_FIELDS = regex(
    r"""^\s{0,8}[a-z_]{1,20}\.(name|version|platform|licenses?) ?= ?(.{1,2000})$""", MULTILINE
).findall
_LITERALS = regex(r""""((?:[^"\\]|\\.){0,500})"|'((?:[^'\\]|\\.){0,500})'""").findall


@parser(
    id="gemspec",
    names=("**/specifications/*.gemspec", "**/specifications/default/*.gemspec"),
    example=File(
        path="usr/lib/ruby/gems/3.1.0/specifications/tool-1.2.3-x86_64-linux.gemspec",
        content=b"""\
# -*- encoding: utf-8 -*-
# stub: tool 1.2.3 x86_64-linux lib

Gem::Specification.new do |s|
  s.name = "tool".freeze
  s.version = "1.2.3"
  s.platform = "x86_64-linux".freeze
  s.licenses = ["MIT".freeze, "Ruby".freeze]
end
""",
    ),
    expect=("pkg:gem/tool@1.2.3?platform=x86_64-linux",),
)
def gemspec(file: File) -> Iterator[Package]:
    """Yield the gem, with its platform when it holds compiled code."""
    if file.size > MAX_SPECIFICATION_BYTES:
        why = f"{file.size} bytes are more than the {MAX_SPECIFICATION_BYTES} of a specification"
        raise ParseError(file.path, why)
    fields: dict[str, list[str]] = {}
    for field, value in _FIELDS(file.text()):
        if field not in fields:
            fields[field] = [one or two for one, two in _LITERALS(value)]
    name, version = (fields.get(field, [""])[:1] for field in ("name", "version"))
    if not any(name) or not any(version):
        raise ParseError(file.path, "no name and version are given as plain text")
    platform = "".join(fields.get("platform", [])[:1])
    yield Package(
        type="gem",
        name=name[0],
        version=version[0],
        qualifiers={"platform": platform} if platform not in ("", "ruby") else {},
        licences=tuple(filter(None, map(spdx, fields.get("licenses", fields.get("license", ()))))),
        path=file.path,
    )
