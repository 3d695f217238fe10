"""Kernels that do not run: packages of Linux whose vulnerabilities matter less where they are.

A container runs on its host's kernel; what an image holds of Linux is files. Headers, tools and
packages that only ask for a kernel hold no code of it on a host either.
"""

from collections.abc import Iterator
from re import VERBOSE

from hullmark.model import Package
from hullmark.model.later import regex

OF_IDLE = 0.2
"""What is left of the risk of a kernel that does not run: it may be started some day."""

OF_NO_CODE = 0.05
"""What is left of the risk where no code of the kernel is."""

NO_CODE = "no code of the kernel is in this package"
NOT_IN_IMAGE = "kernel not running in an image"

_deb_source = regex(
    r"""linux(?:-(?:[0-9].*|(?:signed|meta|latest|lts|restricted|hwe|aws|azure|gcp|gke|gkeop|kvm
    |oracle|ibm|oem|raspi|riscv|lowlatency|realtime|nvidia|intel|fips|xilinx)(?:-.*)?))?\Z""",
    VERBOSE,
).match
_deb_code = regex(
    r"linux-(?:image|modules)(?:-extra)?-(?:unsigned-)?([0-9].*?)(?:-unsigned|(-dbg(?:sym)?))?\Z"
).match
_rpm_source = regex(r"kernel(?:-.+)?\Z").match
_rpm_code = regex(
    r"""kernel(?:-(?:rt|16k|64k|kvm|uki|virt|debug|zfcpdump|uek|lt|ml|default|azure|preempt|lpae
    |core|modules|extra|internal|partner|optional|base))*\Z""",
    VERBOSE,
).match
_apk_code = regex(
    r"linux-(lts|virt|stable|edge|rpi[0-9]*|hardened|vanilla|aws|gcp|azure)(-dev|-doc)?\Z"
).match


def aside(package: Package, running: str | None) -> tuple[str, float]:
    """What a kernel's package is where it is found, and which part of the risk is left.

    ``running`` is the release of the kernel that runs, as ``uname -r`` says it; empty where none of
    these packages runs, ``None`` where that is not known. Of other packages nothing is said.
    """
    releases = _releases(package)
    if releases is None:
        return "", 1.0
    if not releases:
        return NO_CODE, OF_NO_CODE
    if running is None:
        return "", 1.0
    if not running:
        return NOT_IN_IMAGE, OF_IDLE
    if _is_of(package, releases, running):
        return f"of the running kernel {running}", 1.0
    return f"not of the running kernel {running}", OF_IDLE


def is_of(package: Package, release: str) -> bool:
    """Whether a package holds code of the kernel of this release."""
    return _is_of(package, _releases(package) or (), release)


def _is_of(package: Package, releases: tuple[str, ...], release: str) -> bool:
    """Some distributions of rpms leave the processor out of what a kernel calls itself."""
    return bool(releases) and (release.startswith(releases) or release == package.version)


def _releases(package: Package) -> tuple[str, ...] | None:
    """How the release of a package's kernel may begin; none for one without code of it.

    ``None`` for what is of no kernel.
    """
    match package.type:
        case "deb" if (found := _deb_code(package.name)) or _deb_source(
            package.source or package.name
        ):
            return (found[1],) if found and not found[2] else ()
        case "rpm" if _rpm_source(package.source or package.name):
            return tuple(_of_rpm(package)) if _rpm_code(package.name) else ()
        case "apk" if found := _apk_code(package.name):
            version, _, revision = package.version.rpartition("-r")
            return () if found[2] else (f"{version}-{revision}-{found[1]}",)
        case "generic" if package.name == "linux-kernel":
            return (package.version,)
    return None


def _of_rpm(package: Package) -> Iterator[str]:
    """SUSE leaves out the number of the build and names the flavour, others name the processor."""
    yield f"{package.version}.{package.qualifiers.get('arch', '')}"
    flavour = package.name.split("-")[1:2]
    if flavour:
        yield f"{package.version.rpartition('.')[0]}-{flavour[0]}"
