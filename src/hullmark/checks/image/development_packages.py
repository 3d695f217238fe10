"""Packages of headers and static libraries."""

from collections.abc import Iterator

from msgspec.structs import replace

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import sound
from hullmark.checks.image_facts import listed
from hullmark.model import Evidence, Package, Severity
from hullmark.model.image import Image

ENDINGS = ("-dev", "-devel", "-headers", "-static", "-dbg", "-debuginfo", "-dbgsym")
PROGRAMS = frozenset(("bash-static", "busybox-static", "qemu-user-static", "zsh-static"))
"""Packages of programs that need no library."""


@image_check(
    id="development-packages",
    title="Packages for developers are installed",
    severity=Severity.INFO,
    remediation=(
        "Build in one stage, and copy the result into an image that has the libraries alone."
    ),
    references=("https://docs.docker.com/build/building/multi-stage/",),
    bad=lambda: (
        replace(
            sound(),
            packages=(Package(type="deb", namespace="debian", name="libssl-dev", version="3"),),
        ),
    ),
    good=lambda: (
        sound(),
        replace(
            sound(),
            packages=(
                Package(type="deb", namespace="debian", name="libssl3", version="3"),
                Package(type="npm", name="x-dev"),
                Package(type="deb", namespace="debian", name="busybox-static", version="1"),
            ),
        ),
    ),
)
def development_packages(image: Image) -> Iterator[Evidence]:
    """Headers are needed to compile, not to run; they come with compilers behind them."""
    names = sorted(
        {
            package.name
            for package in image.packages
            if package.type in ("deb", "rpm", "apk")
            and package.name.endswith(ENDINGS)
            and package.name not in PROGRAMS
        }
    )
    if names:
        yield Evidence(at="packages", says=f"{len(names)} packages: {listed(names)}")
