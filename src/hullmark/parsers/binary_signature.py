"""Programs without a package, known by their file's name and the version among its constants.

No format: compilers keep texts as they are. ``hullmark.binaries`` says which text tells what.
"""

from collections.abc import Iterator

from hullmark.binaries import named, version
from hullmark.model import File, Package
from hullmark.model.executable import MAGIC
from hullmark.unit import parser

_EXAMPLE = (
    bytes.fromhex("7f454c46020101000000000000000000 02003e0001000000 0000000000000000")
    + bytes(40)
    + b"Memory page size error\0@(#)Bash version 5.2.15(1) release GNU\0"
)


@parser(
    id="binary-signature",
    magic=MAGIC,
    version=2,
    example=File(path="usr/local/bin/bash", content=_EXAMPLE),
    expect=("pkg:generic/bash@5.2.15",),
)
def binary_signature(file: File) -> Iterator[Package]:
    """Yield the program that a file of a known name is, where its version shows.

    A file of another name is not looked into, and one in which no version stands is taken for
    another program of that name. The licence is the one under which the program is published.
    Not read: programs packed by UPX, universal Mach-O files, and Go programs, which are
    ``go-binary``'s.
    """
    for program in named(file.name):
        if found := version(file, program):
            yield Package(
                type=program.type,
                namespace=program.namespace,
                name=program.name,
                version=found,
                path=file.path,
                licences=(program.licence,) if program.licence else (),
            )
            return
