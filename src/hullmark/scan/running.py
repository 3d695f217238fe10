"""The kernel that a host runs, where nothing on its disk tells of it."""

from collections.abc import Iterable
from re import compile as regex

from hullmark.advisories.kernels import is_of
from hullmark.model import Package

PATH = "proc/sys/kernel/osrelease"
"""Where the kernel tells its release, as uname(2) does."""

_ARCHS = ("linux", "linux-hardened", "linux-lts", "linux-zen")
"""Arch's kernels, of which no advisory tells: their number is enough."""

_number = regex(r"[0-9]+(?:\.[0-9]+)+").match


def running_kernel(packages: Iterable[Package], release: str) -> tuple[Package, ...]:
    """The running kernel as a package; nothing where one of ``packages`` brought it already.

    Another build of the same number did not: it is on the disk and does not run.
    """
    number = _number(release)
    if not number or any(_brought(package, release, number[0]) for package in packages):
        return ()
    return (Package(type="generic", name="linux-kernel", version=release, path=PATH),)


def _brought(package: Package, release: str, number: str) -> bool:
    if package.type == "generic":
        return package.name == "linux-kernel" and package.version == release
    if package.type == "alpm":
        its_own = _number(package.version)
        return package.name in _ARCHS and its_own is not None and its_own[0] == number
    return is_of(package, release)
