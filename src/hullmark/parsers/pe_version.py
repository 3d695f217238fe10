"""Windows programs and libraries, by the version resource that they carry.

Format: https://learn.microsoft.com/windows/win32/menurc/versioninfo-resource
"""

from collections.abc import Iterator, Mapping
from re import compile as regex

from hullmark.model import File, Package
from hullmark.model.pe_version import versions
from hullmark.unit import parser

NAMES = ("ProductName", "FileDescription", "InternalName", "OriginalFilename")
MICROSOFT_NAMES = ("FileDescription", "InternalName", "OriginalFilename", "ProductName")
"""Where the product is all of Windows, the description tells which part of it a file is."""

_version = regex(r"[vV]?\s*([0-9]{1,10}(?:\s*[.,]\s*[0-9]{1,10}){0,4}[-+0-9A-Za-z.]{0,64})").match
_SATELLITE = ".resources"
"""Texts of another assembly in one language."""


def _block(key: str, value: bytes = b"", *inside: bytes) -> bytes:
    """One block of a version resource, for the example."""
    head = bytes(6) + key.encode("utf-16-le") + b"\0\0"
    body = head + bytes(-len(head) % 4) + value
    for each in inside:
        body += bytes(-len(body) % 4) + each
    return (
        b"".join(number.to_bytes(2, "little") for number in (len(body), len(value), 0)) + body[6:]
    )


def _string(key: str, value: str) -> bytes:
    return _block(key, value.encode("utf-16-le") + b"\0\0")


_TABLE = _block(
    "040904b0", b"", _string("ProductName", "Weir"), _string("ProductVersion", "2, 4, 1, 0")
)
_INFO = _block("VS_VERSION_INFO", b"", _block("StringFileInfo", b"", _TABLE))
_TREE = b"".join(
    bytes(14) + b"\1\0" + key.to_bytes(4, "little") + below.to_bytes(4, "little")
    for key, below in ((16, 0x80000018), (1, 0x80000030), (0x409, 0x48))
) + b"".join(number.to_bytes(4, "little") for number in (0x1058, len(_INFO), 0, 0))
_EXAMPLE = (
    b"MZ".ljust(60, b"\0") + (64).to_bytes(4, "little")
    + b"PE\0\0\x64\x86\1\0".ljust(20, b"\0") + b"\xf0\0\x22\0"
    + b"\x0b\2".ljust(108, b"\0") + (16).to_bytes(4, "little")
    + (bytes(16) + (0x1000).to_bytes(4, "little") + b"\xff\0\0\0").ljust(128, b"\0")
    + b".rsrc\0\0\0" + bytes.fromhex("00100000 00100000 00100000 70010000").ljust(32, b"\0")
    + _TREE + _INFO
)  # fmt: skip


@parser(
    id="pe-version",
    names=("*.dll", "*.exe", "*.DLL", "*.EXE"),
    example=File(path="opt/weir/weir.exe", content=_EXAMPLE),
    expect=("pkg:generic/Weir@2.4.1.0",),
)
def pe_version(file: File) -> Iterator[Package]:
    """Yield a program or library by its product and version, a .NET assembly as NuGet package.

    An assembly is named as its file was when it was built, which is how its package is named.
    Files without a version resource, and assemblies that hold texts alone, yield nothing.
    """
    found = versions(file)
    if found is None:
        return
    version = _release(found.texts)
    if found.managed:
        name = _assembly(file, found.texts)
        version = version.partition("+")[0]
    else:
        name = _product(found.texts)
    if name and version:
        kind = "nuget" if found.managed else "generic"
        yield Package(type=kind, name=name, version=version, path=file.path)


def _assembly(file: File, texts: Mapping[str, str]) -> str:
    name = texts.get("OriginalFilename") or texts.get("InternalName") or file.name
    name = name.removesuffix(".dll").removesuffix(".exe")
    return "" if name.endswith(_SATELLITE) else name


def _product(texts: Mapping[str, str]) -> str:
    """The name by which a program is known, its white space made plain."""
    said = f"{texts.get('CompanyName', '')} {texts.get('ProductName', '')}".lower()
    keys = MICROSOFT_NAMES if "microsoft" in said else NAMES
    return next((name for key in keys if (name := " ".join(texts.get(key, "").split()))), "")


def _release(texts: Mapping[str, str]) -> str:
    """The product's version, else the file's: the number that the text begins with."""
    for key in ("ProductVersion", "FileVersion"):
        if match := _version(texts.get(key, "")):
            return match[1].replace(" ", "").replace(",", ".")
    return ""
