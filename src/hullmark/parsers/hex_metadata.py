"""Packages of Hex as they were unpacked into a project, by the metadata that came along.

Format: https://github.com/hexpm/specifications/blob/main/package_metadata.md
"""

from collections.abc import Iterator

from hullmark.licences import spdx
from hullmark.model import File, Package, ParseError
from hullmark.model.terms import fields, read, text
from hullmark.unit import parser


@parser(
    id="hex-metadata",
    names=("hex_metadata.config",),
    example=File(
        path="srv/deps/oak/hex_metadata.config",
        content=b"""\
{<<"name">>,<<"oak">>}.
{<<"version">>,<<"2.1.0">>}.
{<<"app">>,<<"oak">>}.
{<<"licenses">>,[<<"Apache 2.0">>,<<"MIT">>]}.
""",
    ),
    expect=("pkg:hex/oak@2.1.0",),
)
def hex_metadata(file: File) -> Iterator[Package]:
    """Yield the package with its licences."""
    values = fields(read(file))
    name, version = text(values.get("name")), text(values.get("version"))
    if not name or not version:
        raise ParseError(file.path, "no name and version of a package")
    licences = values.get("licenses", [])
    stated = [text(each) for each in licences] if isinstance(licences, list) else []
    yield Package(
        type="hex",
        name=name.lower(),
        version=version,
        licences=tuple(filter(None, map(spdx, stated))),
        path=file.path,
    )
