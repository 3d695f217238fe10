"""Kernels to boot, and their modules."""

import gzip
import lzma
import zlib
from shutil import which
from subprocess import run

import pytest
import zstandard

from hullmark.model import File, ParseError
from hullmark.model.packed import unpacked
from hullmark.parsers import linux_kernel as kernels
from hullmark.parsers import linux_module as modules

BANNER = b"Linux version 6.9.1-weir (builder@example.org) (gcc 13) #1 SMP\n\0"
MINGW = "x86_64-w64-mingw32-"
FOLDER = "usr/lib/modules/6.9.1-weir/"

needs_gcc = pytest.mark.skipif(which("gcc") is None, reason="needs gcc")


def kernel(path, content):
    return [fact.purl for fact in kernels.linux_kernel.parse(File(path=path, content=content))]


def module(path, content):
    return list(modules.linux_module.parse(File(path=path, content=content)))


def image():
    """An unpacked image: some code, a format string that begins like the banner, the banner."""
    return b"MZ" + bytes(54) + b"ARM\x64" + bytes(3 << 20) + b"Linux version %s\0" + BANNER


def zboot(payload, method):
    size = len(payload).to_bytes(4, "little")
    head = b"MZ\0\0zimg" + (64).to_bytes(4, "little") + size + bytes(8) + method
    return head.ljust(64, b"\0") + payload + bytes(512)


@pytest.mark.parametrize(
    "content",
    [
        image(),
        b"\x7fELF" + image(),
        gzip.compress(image()),
        zboot(gzip.compress(image()), b"gzip"),
        zboot(zstandard.compress(image()), b"zstd"),
        zboot(lzma.compress(image()), b"xzkern"),
    ],
    ids=["arm64", "vmlinux", "gzip", "zboot gzip", "zboot zstd", "zboot xz"],
)
def test_an_image_tells_its_release_however_it_is_packed(content):
    assert kernel("boot/vmlinuz-6.9", content) == ["pkg:generic/linux-kernel@6.9.1-weir"]


def test_a_banner_across_two_windows_is_found():
    for start in range(kernels.STEP_BYTES - len(BANNER), kernels.STEP_BYTES + 2):
        content = b"MZ".ljust(start, b"\0") + BANNER
        assert kernel("vmlinuz", content) == ["pkg:generic/linux-kernel@6.9.1-weir"]


@pytest.mark.skipif(which(f"{MINGW}objcopy") is None, reason="needs binutils-mingw-w64")
def test_a_unified_image_tells_its_release_in_a_section(tmp_path):
    (tmp_path / "uname").write_text("6.9.1-weir")
    (tmp_path / "empty.s").write_text(".text\n ret\n")
    run([f"{MINGW}as", "-o", "a.o", "empty.s"], cwd=tmp_path, check=True)
    added = ["--add-section", ".uname=uname", "--set-section-flags", ".uname=data,readonly"]
    run([f"{MINGW}objcopy", *added, "a.o"], cwd=tmp_path, check=True)
    run([f"{MINGW}ld", "-e", "0", "-o", "a.efi", "a.o"], cwd=tmp_path, check=True)
    content = (tmp_path / "a.efi").read_bytes()
    expected = ["pkg:generic/linux-kernel@6.9.1-weir"]
    assert kernel("boot/efi/EFI/Linux/weir.efi", content) == expected


def test_a_folder_of_modules_tells_of_its_kernel():
    path = f"{FOLDER}modules.builtin"
    assert kernel(path, b"kernel/a.ko\n") == ["pkg:generic/linux-kernel@6.9.1-weir"]
    assert kernel("lib/modules/extra/modules.builtin", b"kernel/a.ko\n") == []


def test_a_file_that_only_has_the_name_of_a_kernel_yields_nothing():
    assert kernel("boot/kernel-parameters", b"quiet splash\n") == []


@pytest.mark.parametrize(
    "content",
    [
        b"MZ" + bytes(900),
        bytes(0x202) + b"HdrS" + bytes(900),
        bytes(0x24) + b"\x18\x28\x6f\x01" + bytes(900),
        zboot(b"\x1f\x8b rubbish", b"gzip"),
    ],
    ids=["EFI", "bzImage", "zImage", "zboot"],
)
def test_a_kernel_without_a_version_is_an_error(content):
    with pytest.raises(ParseError):
        kernel("boot/vmlinuz-6.9", content)


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    """A real object file with these texts in the section that the kernel's macros write."""
    folder = tmp_path_factory.mktemp("modules")

    def compiled(**info):
        texts = "".join(f'"{key}={value}\\0"' for key, value in info.items())
        code = f'const char info[] __attribute__((section(".modinfo"), used)) = {texts};'
        run(
            ["gcc", "-c", "-x", "c", "-o", "weir.ko", "-"],
            cwd=folder,
            input=code.encode(),
            check=True,
        )
        return (folder / "weir.ko").read_bytes()

    return compiled


INFO = {"license": "Dual MIT/GPL", "name": "weir", "vermagic": "6.9.1-weir SMP preempt "}


@needs_gcc
def test_a_module_has_its_own_version_or_that_of_its_kernel(compiled):
    (own,) = module(f"{FOLDER}updates/weir.ko", compiled(version="2.4", **INFO))
    (none,) = module(f"{FOLDER}kernel/drivers/weir.ko", compiled(**INFO))
    assert own.purl == "pkg:generic/weir@2.4"
    assert none.purl == "pkg:generic/weir@6.9.1-weir"


@needs_gcc
@pytest.mark.parametrize(
    ("stated", "licences"),
    [
        ("GPL", ("GPL-2.0-only",)),
        ("GPL v2", ("GPL-2.0-only",)),
        ("Dual MIT/GPL", ("MIT OR GPL-2.0-only",)),
        ("MIT", ("MIT",)),
        ("Proprietary", ("LicenseRef-Proprietary",)),
        ("", ()),
    ],
)
def test_licences_are_those_that_the_kernel_knows(compiled, stated, licences):
    (found,) = module(f"{FOLDER}extra/weir.ko", compiled(**{**INFO, "license": stated}))
    assert found.licences == licences


@needs_gcc
@pytest.mark.parametrize(
    ("ending", "pack"),
    [(".gz", gzip.compress), (".xz", lzma.compress), (".zst", zstandard.compress)],
)
def test_packed_modules_from_elsewhere_are_unpacked_and_the_kernels_own_left(
    compiled, ending, pack
):
    content = pack(compiled(**INFO))
    (found,) = module(f"{FOLDER}updates/dkms/weir.ko{ending}", content)
    assert found.name == "weir"
    assert module(f"{FOLDER}kernel/drivers/weir.ko{ending}", content) == []


def test_what_is_not_below_a_kernels_modules_is_no_module():
    assert module("usr/share/doc/weir/README.ko.gz", gzip.compress(b"text")) == []
    assert module("usr/share/weir/weir.ko", b"text") == []


def test_what_is_no_module_below_a_kernels_modules_is_an_error():
    with pytest.raises(ParseError, match="not a kernel module"):
        module(f"{FOLDER}extra/weir.ko", b"text")


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress, zstandard.compress])
def test_unpacking_is_bounded_and_complete(pack):
    content = pack(b"weir" * 4096)
    assert unpacked(File(path="a", content=content), 1 << 20).data == b"weir" * 4096
    for data, why in ((content, "more than the 100"), (content[:-9], "does not unpack")):
        with pytest.raises(ParseError, match=why):
            unpacked(File(path="a", content=data), 100 if data is content else 1 << 20)


def test_what_is_not_packed_stays_as_it_is():
    plain = File(path="a", content=zlib.compress(b"a"))
    assert unpacked(plain, 1) is plain
