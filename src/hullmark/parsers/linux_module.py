"""Modules of the Linux kernel: what a ``.ko`` file says of itself.

Format: the section ``.modinfo``, which ``MODULE_INFO`` of include/linux/moduleparam.h writes:
texts ``key=value``, each ended by a zero. The licences are those of
https://docs.kernel.org/process/license-rules.html#id1.
"""

from collections.abc import Iterator

from hullmark.licences import spdx
from hullmark.model import File, Package, ParseError
from hullmark.model.executable import executable
from hullmark.model.packed import unpacked
from hullmark.unit import parser

MAX_MODULE_BYTES = 64 * 1024 * 1024
"""Ours: the largest of distributions, drivers of graphics cards, have some tens of MB."""

MAX_INFO_BYTES = 1024 * 1024
"""Ours: drivers of many devices have some 10 KB of aliases."""

_GPL = "GPL-2.0-only"
"""``GPL`` means version 2; whether later ones too, the module does not tell."""

LICENCES = {
    "GPL": _GPL,
    "GPL v2": _GPL,
    "GPL and additional rights": f"{_GPL} AND LicenseRef-additional-rights",
    "Dual BSD/GPL": f"LicenseRef-BSD OR {_GPL}",
    "Dual MIT/GPL": f"MIT OR {_GPL}",
    "Dual MPL/GPL": f"LicenseRef-MPL OR {_GPL}",
}

_INFO = (
    b"version=2.4.1\0license=Dual MIT/GPL\0author=Someone\0depends=\0name=weir\0"
    b"vermagic=6.1.0-50-amd64 SMP preempt mod_unload modversions \0"
)
_EXAMPLE = (
    bytes.fromhex("7f454c46020101000000000000000000 01003e0001000000 0000000000000000")
    + bytes.fromhex("0000000000000000 5800000000000000 00000000 4000 0000 0000 4000 0300 0200")
    + b"\0.modinfo\0.shstrtab\0".ljust(24, b"\0")
    + bytes(64)
    + bytes.fromhex("01000000 01000000 0200000000000000 0000000000000000 1801000000000000")
    + len(_INFO).to_bytes(8, "little").ljust(32, b"\0")
    + bytes.fromhex("0a000000 03000000 0000000000000000 0000000000000000 4000000000000000")
    + (24).to_bytes(8, "little").ljust(32, b"\0")
    + _INFO
)


@parser(
    id="linux-module",
    names=("*.ko", "*.ko.gz", "*.ko.xz", "*.ko.zst"),
    example=File(path="lib/modules/6.1.0-50-amd64/updates/dkms/weir.ko", content=_EXAMPLE),
    expect=("pkg:generic/weir@2.4.1",),
)
def linux_module(file: File) -> Iterator[Package]:
    """Yield a module below ``lib/modules`` with its own version, else that of its kernel.

    Packed modules that came with the kernel, in its folder ``kernel``, are left to the unit
    linux-kernel: unpacking thousands of them would take longer than all else in a scan. A module
    that a distribution's package brought is that package's, and not reported beside it.
    """
    _, below, inside = f"/{file.path}".rpartition("/lib/modules/")
    own = inside.partition("/")[2].startswith("kernel/")
    if not below or (own and not file.name.endswith(".ko")):
        return
    module = unpacked(file, MAX_MODULE_BYTES)
    layout = executable(module)
    section = layout.section(b".modinfo") if layout else None
    if section is None:
        raise ParseError(file.path, "not a kernel module")
    info = _info(module.read(section.offset, min(section.size, MAX_INFO_BYTES)))
    name = info.get("name") or file.name.partition(".ko")[0].replace("-", "_")
    kernel = info.get("vermagic", "").partition(" ")[0]
    stated = info.get("license", "")
    licence = LICENCES.get(stated) or spdx(stated)
    yield Package(
        type="generic",
        name=name,
        version=info.get("version") or kernel,
        path=file.path,
        licences=(licence,) if licence else (),
    )


def _info(section: bytes) -> dict[str, str]:
    """The last value of each key."""
    pairs = (text.partition("=") for text in section.decode(errors="replace").split("\0"))
    return {key: value.strip() for key, _, value in pairs if value}
