"""snap.yaml: what a snap says of itself, at the root of the image that it was installed into.

Format: https://snapcraft.io/docs/snap-format
"""

from collections.abc import Iterator

from msgspec import Struct

from hullmark.licences import spdx
from hullmark.model import File, Package
from hullmark.unit import parser


class Snap(Struct, frozen=True):
    """The parts of the file that are read."""

    name: str
    version: str | int | float = ""
    license: str = ""
    architectures: tuple[str, ...] = ()
    base: str = ""
    type: str = "app"


@parser(
    id="snap",
    names=("snap/*/*/meta/snap.yaml", "var/lib/snapd/snap/*/*/meta/snap.yaml", "meta/snap.yaml"),
    example=File(
        path="snap/zed/12/meta/snap.yaml",
        content=b"name: zed\nversion: 1.10\nsummary: one\nlicense: GPL-3.0-or-later\n"
        b"architectures: [amd64]\nbase: core22\n",
    ),
    expect=("pkg:generic/snap/zed@1.10?arch=amd64&base=core22&type=app",),
)
def snap(file: File) -> Iterator[Package]:
    """Yield the snap, with the base it runs on and what kind it is."""
    found = file.yaml(Snap)
    arch = found.architectures[0] if len(found.architectures) == 1 else ""
    qualifiers = {"arch": arch, "base": found.base, "type": found.type}
    licence = spdx(found.license)
    yield Package(
        type="generic",
        namespace="snap",
        name=found.name,
        version=found.version if isinstance(found.version, str) else _as_written(file),
        qualifiers={key: value for key, value in qualifiers.items() if value},
        path=file.path,
        layer=file.layer,
        licences=(licence,) if licence else (),
    )


def _as_written(file: File) -> str:
    """A version that looks like a number, whose last zeros count."""
    lines = (line.partition(":") for line in file.text().splitlines())
    return next((text.split("#")[0].strip() for key, _, text in lines if key == "version"), "")
