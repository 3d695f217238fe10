"""debian/copyright: the licences of a Debian package.

Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/ (DEP-5), or free text.
"""

from collections.abc import Iterator

from hullmark.licences import debian, recognise
from hullmark.model import File, Licensed, ParseError
from hullmark.unit import parser

MAX_LICENCES = 500
"""Ours: the browsers, with the longest files of all, have some hundred."""


@parser(
    id="dpkg-copyright",
    names=("usr/share/doc/*/copyright",),
    example=File(
        path="usr/share/doc/zed/copyright",
        content=b"Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\n"
        b"Files: *\nCopyright: 2020 Us\nLicense: GPL-2+ or Artistic, and Expat\n\n"
        b"License: GPL-2+\n See /usr/share/common-licenses/GPL-2.\n",
    ),
    expect=("licensed deb/zed (GPL-2.0-or-later OR Artistic-1.0) AND MIT",),
)
def dpkg_copyright(file: File) -> Iterator[Licensed]:
    """Yield the licences of the whole and of any files; of free text, those recognised in it.

    Free text in which no well-known licence is recognised yields nothing.
    """
    data = file.data.replace(b"\r\n", b"\n")
    header = data[:4096].lstrip().lower()
    found: dict[str, None] = {}
    if header.startswith(b"format") and b"copyright" in header:
        for licence in _stated(data):
            found[licence] = None
            if len(found) > MAX_LICENCES:
                break
    if not found:
        found = dict.fromkeys(recognise(data.decode(errors="replace")))
    if found:
        licences = tuple(found)[:MAX_LICENCES]
        yield Licensed(type="deb", package=file.path.split("/")[-2], licences=licences)
    if len(found) > MAX_LICENCES:
        raise ParseError(file.path, f"more than {MAX_LICENCES} licences")


def _stated(data: bytes) -> Iterator[str]:
    """What the header and each paragraph on files state; other paragraphs hold only texts."""
    for index, paragraph in enumerate(data.split(b"\n\n")):
        if index and b"Files:" not in paragraph:
            continue
        _, found, rest = (b"\n" + paragraph).partition(b"\nLicense:")
        if found:
            name, _, text = rest.partition(b"\n")
            if stated := debian(name.decode(errors="replace").strip()):
                yield stated
            else:
                yield from recognise(text.decode(errors="replace"))
