"""The kernel that a host runs, where nothing on its disk tells of it."""

from collections.abc import Iterable
from re import compile as regex

from hullmark.model import Package

PATH = "proc/sys/kernel/osrelease"
"""Where the kernel tells its release, as uname(2) does."""

_KERNELS = ("kernel", "linux")
_NO_KERNELS = regex(r"libc|header|devel|doc|tool|firmware|perf|source|srpm|macros").search
_number = regex(r"(?:[0-9]+:)?([0-9]+(?:\.[0-9]+)+)").match


def running_kernel(packages: Iterable[Package], release: str) -> tuple[Package, ...]:
    """The running kernel as a package; nothing where one of ``packages`` brought it already.

    That is one named after the release, or a system's kernel package of the same number.
    """
    number = _number(release)
    if not number or any(_brought(package, release, number[1]) for package in packages):
        return ()
    return (Package(type="generic", name="linux-kernel", version=release, path=PATH),)


def _brought(package: Package, release: str, number: str) -> bool:
    if package.type == "generic":
        return package.name == "linux-kernel" and package.version == release
    if package.type not in ("alpm", "apk", "deb", "rpm") or not package.name.startswith(_KERNELS):
        return False
    if _NO_KERNELS(package.name):
        return False
    its_own = _number(package.version)
    return release in package.name or (its_own is not None and its_own[1] == number)
