"""The Linux kernel: images to boot, and the modules that came with one.

Formats: https://docs.kernel.org/arch/x86/boot.html (bzImage: where the version stands is told at
0x20e), https://docs.kernel.org/arch/arm64/booting.html (Image), the zboot header of
drivers/firmware/efi/libstub/zboot-header.S, the section ``.uname`` of
https://uapi-group.org/specifications/specs/unified_kernel_image/, and ``linux_banner`` of
init/version-timestamp.c, which every unpacked image holds.
"""

from collections.abc import Iterator
from re import compile as regex

from hullmark.model import File, Package, ParseError
from hullmark.model.executable import executable
from hullmark.model.packed import unpacked
from hullmark.unit import parser

MAX_IMAGE_BYTES = 128 * 1024 * 1024
"""Ours, of the unpacked image: distributions' have some tens of MB without debug symbols."""

STEP_BYTES = 1024 * 1024

_BANNER = b"Linux version "
_MAX_BANNER_BYTES = 512
"""Ours: a release has at most 64 bytes (``__NEW_UTS_LEN``), all that is read of a banner."""

_release = regex(r"[0-9]+\.[0-9][0-9A-Za-z.+~_-]{0,64}(?=[\s(]|\Z)").match
_HEADER = b"HdrS"
_ZBOOT = b"zimg"
_ZIMAGE = b"\x18\x28\x6f\x01"

_EXAMPLE = (
    (bytes(0x202) + b"HdrS\x0f\x02" + bytes(6) + b"\x20\x00").ljust(0x220, b"\0")
    + b"6.1.0-50-amd64 (builder@example.org) #1 SMP Debian 6.1.176-1\0"
)  # fmt: skip


@parser(
    id="linux-kernel",
    names=(
        "vmlinuz",
        "vmlinux",
        "bzImage",
        "boot/vmlinuz-*",
        "boot/vmlinux-*",
        "boot/kernel-*",
        "**/EFI/Linux/*.efi",
        "**/lib/modules/*/*.efi",
        "**/lib/modules/*/modules.builtin",
    ),
    example=File(path="boot/vmlinuz-6.1.0-50-amd64", content=_EXAMPLE),
    expect=("pkg:generic/linux-kernel@6.1.0-50-amd64",),
)
def linux_kernel(file: File) -> Iterator[Package]:
    """Yield the kernel with its release, as ``uname -r`` tells it.

    Where only its modules are, the name of their folder is the release. A kernel that a
    distribution's package brought is that package's, and not reported beside it.
    """
    if file.name == "modules.builtin":
        folder = file.path.split("/")[-2]
        release = folder if _release(folder) else ""
    else:
        release = _of_image(file)
    if release:
        yield Package(type="generic", name="linux-kernel", version=release, path=file.path)


def _of_image(file: File) -> str:
    """The release that an image tells; empty for what only has the name of one.

    A 32-bit ARM zImage is packed in a way that only its own code unpacks.
    """
    head = file.read(0, 0x210)
    bzimage = head[0x202:0x206] == _HEADER
    if bzimage:
        at = 0x200 + int.from_bytes(head[0x20E:0x210], "little")
        release = _first(file.read(at, _MAX_BANNER_BYTES))
    else:
        release = _of_section(file) or _of_banner(_image(file, head))
    zimage = head[0x24:0x28] == _ZIMAGE
    if not release and (bzimage or zimage or head.startswith((b"MZ", b"\x7fELF", b"\x1f\x8b"))):
        raise ParseError(file.path, "a kernel that does not tell its version")
    return release


def _of_section(file: File) -> str:
    """The release that a unified kernel image tells; empty for other files."""
    layout = executable(file)
    section = layout.section(b".uname") if layout else None
    return _first(file.read(section.offset, _MAX_BANNER_BYTES)) if section else ""


def _image(file: File, head: bytes) -> File:
    """The image itself: packed as a whole, or behind the header of one that unpacks itself."""
    if head[4:8] == _ZBOOT:
        start, size = (int.from_bytes(head[at : at + 4], "little") for at in (8, 12))
        file = File(path=file.path, content=file.read(start, min(size, MAX_IMAGE_BYTES)))
    return unpacked(file, MAX_IMAGE_BYTES)


def _of_banner(file: File) -> str:
    """The release after the first banner that has one."""
    for start in range(0, min(file.size, MAX_IMAGE_BYTES), STEP_BYTES):
        window = file.read(start, STEP_BYTES + _MAX_BANNER_BYTES)
        at = window.find(_BANNER)
        while 0 <= at < STEP_BYTES:
            after = at + len(_BANNER)
            if release := _first(window[after : after + _MAX_BANNER_BYTES]):
                return release
            at = window.find(_BANNER, after)
    return ""


def _first(text: bytes) -> str:
    """The release that a text begins with."""
    found = _release(text.partition(b"\0")[0].decode(errors="replace"))
    return found[0] if found else ""
