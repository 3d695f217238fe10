"""Installed Python distributions: the core metadata that every installer leaves behind.

Format: https://packaging.python.org/en/latest/specifications/core-metadata/ (``METADATA`` in a
``.dist-info`` folder). ``PKG-INFO`` and the flat ``.egg-info`` file of older tools hold the same.
``direct_url.json`` beside it: https://packaging.python.org/en/latest/specifications/direct-url/
"""

from collections.abc import Iterable, Iterator, Mapping
from re import compile as regex

from msgspec import Struct

from hullmark.licences import classifier, spdx
from hullmark.model import File, Package, ParseError
from hullmark.unit import parser

MAX_HEADER_BYTES = 1024 * 1024
"""Ours: the longest headers, with hundreds of requirements or a whole licence, are near 100 KB."""

_FIELDS = regex(
    rb"\n((?i:name|version|license-expression|license|classifier))[ \t]*:"
    rb"([^\n]*(?:\n[ \t][^\n]*)*)"
).findall


class Repository(Struct):
    """``vcs_info``: which revision was installed."""

    vcs: str
    commit_id: str


class DirectUrl(Struct):
    """Where a distribution is from that no index named; a folder's has neither of the two."""

    url: str
    vcs_info: Repository | None = None
    archive_info: object = None


@parser(
    id="python-metadata",
    names=(
        "**/*.dist-info/METADATA",
        "**/*.egg-info/PKG-INFO",
        "**/EGG-INFO/PKG-INFO",
        "*.egg-info",
    ),
    beside=("direct_url.json",),
    version=2,
    example=File(
        path="usr/lib/python3/dist-packages/Oak_Tree-2.1.dist-info/METADATA",
        content=b"Metadata-Version: 2.4\nName: Oak_Tree\nVersion: 2.1\nLicense-Expression: MIT\n"
        b"Requires-Dist: leaf>=1\n\nVersion: 9 is what comes after 8.\n",
        beside={
            "direct_url.json": File(
                path="usr/lib/python3/dist-packages/Oak_Tree-2.1.dist-info/direct_url.json",
                content=b'{"url": "https://code.example/oak", "vcs_info": {"vcs": "git",'
                b'"requested_revision": "main", "commit_id": "0f1e2d"}}',
            )
        },
    ),
    expect=("pkg:pypi/oak-tree@2.1?vcs_url=git%2Bhttps://code.example/oak%400f1e2d",),
)
def python_metadata(file: File) -> Iterator[Package]:
    """Yield the distribution, with the licences that its header names.

    These are its ``License-Expression``, else its licence classifiers, else its ``License``.
    The description after the header is not read. What was installed from elsewhere than an
    index is named with its repository and commit (``vcs_url``) or archive (``download_url``).
    """
    origin: Mapping[str, str] = {}
    problem: ParseError | None = None
    if place := file.near("direct_url.json"):
        try:
            origin = _origin(place.json(DirectUrl))
        except ParseError as error:
            problem = ParseError(file.path, f"direct_url.json beside it: {error.why}")
    yield from distribution(file, origin)
    if problem:
        raise problem


def distribution(file: File, origin: Mapping[str, str]) -> Iterator[Package]:
    """The distribution that a file of core metadata describes, with these qualifiers."""
    head, whole = _header(file)
    fields: dict[bytes, list[str]] = {}
    for key, value in _FIELDS(head):
        fields.setdefault(key.lower(), []).append(str(value, "utf-8", "replace").strip())
    name = fields.get(b"name", [""])[0]
    version = fields.get(b"version", [""])[0]
    if not name:
        raise ParseError(file.path, "no Name among its header fields")
    yield Package(
        type="pypi",
        name=name,
        version=version,
        qualifiers=origin,
        path=file.path,
        licences=_licences(fields),
    )
    if not version:
        raise ParseError(file.path, "no Version among its header fields")
    if not whole:
        raise ParseError(file.path, f"a header longer than the {MAX_HEADER_BYTES} bytes read")


def _origin(place: DirectUrl) -> dict[str, str]:
    """The qualifiers of a place; a folder of whoever built the image tells nothing to others."""
    if place.vcs_info:
        return {"vcs_url": f"{place.vcs_info.vcs}+{place.url}@{place.vcs_info.commit_id}"}
    return {"download_url": place.url} if place.archive_info is not None else {}


def _header(file: File) -> tuple[bytes, bool]:
    """The lines up to the blank one, each after a line feed, and whether these are all."""
    data = file.read(0, MAX_HEADER_BYTES).removeprefix(b"\xef\xbb\xbf")
    head, blank, _ = data.partition(b"\n\n")
    if b"\r\n" in head:
        head, blank, _ = data.replace(b"\r\n", b"\n").partition(b"\n\n")
    return b"\n" + head, bool(blank) or file.size <= MAX_HEADER_BYTES


def _licences(fields: dict[bytes, list[str]]) -> tuple[str, ...]:
    """The first of the three ways to name licences that names one."""
    ways: tuple[Iterable[str], ...] = (
        map(spdx, fields.get(b"license-expression", ())),
        map(classifier, fields.get(b"classifier", ())),
        map(spdx, fields.get(b"license", ())),
    )
    for way in ways:
        if found := tuple(dict.fromkeys(filter(None, way))):
            return found
    return ()
