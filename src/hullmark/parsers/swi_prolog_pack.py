"""pack.pl: what an installed pack of SWI-Prolog says of itself.

Format: https://www.swi-prolog.org/howto/Pack.html, one Prolog term a line.
"""

from collections.abc import Iterator
from re import MULTILINE

from hullmark.model import File, Package, ParseError
from hullmark.model.later import regex
from hullmark.unit import parser

_READ_BYTES = 64 * 1024
"""The file has some dozen lines."""
_FIELD = regex(
    rb"""^(name|version)\([ \t]{0,8}['"]?([\w.+-]{1,128})['"]?[ \t]{0,8}\)""", MULTILINE
).findall


@parser(
    id="swi-prolog-pack",
    names=("**/pack/*/pack.pl",),
    example=File(
        path="usr/lib/swi-prolog/pack/tool/pack.pl",
        content=b"name(tool).\nversion('1.2.3').\ntitle('A tool').\n",
    ),
    expect=("pkg:swiplpack/tool@1.2.3",),
)
def swi_prolog_pack(file: File) -> Iterator[Package]:
    """Yield the pack."""
    fields = {
        key: value.decode(errors="replace") for key, value in _FIELD(file.read(0, _READ_BYTES))
    }
    if b"name" not in fields or b"version" not in fields:
        raise ParseError(file.path, "no name and version of a pack are given as plain text")
    yield Package(
        type="swiplpack", name=fields[b"name"], version=fields[b"version"], path=file.path
    )
