"""conda-meta: what conda, mamba and pixi have installed into an environment, a file each.

Format: https://docs.conda.io/projects/conda/en/stable/dev-guide/deep-dives/install.html, the
record of https://github.com/conda/schemas (prefix-record-1) that conda leaves in the prefix.
"""

from collections.abc import Iterator

from msgspec import Struct

from hullmark.licences import spdx
from hullmark.model import File, Package, ParseError
from hullmark.unit import parser


class Record(Struct):
    """The parts of one record that name a package."""

    name: str
    version: str
    build: object = None
    build_string: object = None
    channel: object = None
    subdir: object = None
    fn: object = None
    license: object = None
    requested_spec: object = None
    requested_specs: object = None


@parser(
    id="conda-meta",
    names=("**/conda-meta/*.json",),
    example=File(
        path="opt/conda/conda-meta/oak-tree-2.1-h0123_0.json",
        content=b'{"name": "oak-tree", "version": "2.1", "build": "h0123_0", "build_number": 0,'
        b'"channel": "https://conda.example/pkgs/main/linux-64", "subdir": "linux-64",'
        b'"fn": "oak-tree-2.1-h0123_0.conda", "license": "MIT", "requested_spec": "oak-tree"}',
    ),
    expect=("pkg:conda/oak-tree@2.1?build=h0123_0&channel=main&subdir=linux-64&type=conda",),
)
def conda_meta(file: File) -> Iterator[Package]:
    """Yield the installed package, its build, and the channel that it came from.

    It is direct when it was asked for by name, where the record tells. What it depends on
    stands in other files; what pip installed beside it has no record.
    """
    record = file.json(Record)
    name, version = record.name.strip(), record.version.strip()
    if not name or not version:
        raise ParseError(file.path, "no name and version in it")
    build = _text(record.build) or _text(record.build_string)
    subdir = _text(record.subdir)
    archive = _text(record.fn)
    kinds = [kind for kind in ("conda", "tar.bz2") if archive.endswith(f".{kind}")]
    licence = spdx(_text(record.license))
    yield Package(
        type="conda",
        name=name,
        version=version,
        qualifiers={
            "build": build,
            "channel": _channel(_text(record.channel), subdir),
            "subdir": subdir,
            "type": kinds[0] if kinds else "",
        },
        path=file.path,
        licences=(licence,) if licence else (),
        direct=_direct(record),
    )


def _direct(record: Record) -> bool | None:
    """Whether somebody asked for it; conda writes the word ``None`` where nobody did."""
    if isinstance(record.requested_specs, list):
        return bool(record.requested_specs)
    if isinstance(record.requested_spec, str):
        return record.requested_spec not in ("", "None")
    return None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _channel(channel: str, subdir: str) -> str:
    """A channel's name: the last part of its address, whether or not a platform follows it."""
    place = channel.rstrip("/").removesuffix(f"/{subdir}")
    return place.rpartition("/")[2]
