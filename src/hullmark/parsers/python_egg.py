"""Python eggs: distributions that setuptools installed as one zip file.

Format: https://setuptools.pypa.io/en/latest/deprecated/python_eggs.html; ``EGG-INFO/PKG-INFO``
inside holds core metadata. An unpacked egg is a folder, whose ``PKG-INFO`` is read for itself.
"""

from base64 import b64decode
from collections.abc import Iterator

from hullmark.model import File, Package, ParseError
from hullmark.model.ziparchive import directory, entries, first_bytes
from hullmark.parsers.python_metadata import MAX_HEADER_BYTES, distribution
from hullmark.unit import parser

_METADATA = b"EGG-INFO/PKG-INFO"

_EXAMPLE = """
UEsDBBQAAAAIAAAAIVjBOHBHPQAAAEgAAAARAAAARUdHLUlORk8vUEtHLUlORk/zTS1JTEksSdQNSy0qzszPs1Iw0jPk8kvMTbV
S8E/Mjg8pSk3lQpHzyUxOzSsGSvt6hnBxOSqUAFXocQEAUEsBAhQDFAAAAAgAAAAhWME4cEc9AAAASAAAABEAAAAAAAAAAAAAAI
ABAAAAAEVHRy1JTkZPL1BLRy1JTkZPUEsFBgAAAAABAAEAPwAAAGwAAAAAAA==
"""


@parser(
    id="python-egg",
    names=("*.egg",),
    example=File(
        path="usr/lib/python3/site-packages/Oak_Tree-2.1-py3.11.egg", content=b64decode(_EXAMPLE)
    ),
    expect=("pkg:pypi/oak-tree@2.1",),
)
def python_egg(file: File) -> Iterator[Package]:
    """Yield the distribution, with the licences that its header names."""
    listed = directory(file)
    for entry in entries(file, listed, frozenset((_METADATA[-4:],))):
        if entry.name == _METADATA:
            data = first_bytes(file, entry, MAX_HEADER_BYTES)
            yield from distribution(File(path=file.path, content=data), {})
            return
    raise ParseError(file.path, "no EGG-INFO/PKG-INFO in it")
