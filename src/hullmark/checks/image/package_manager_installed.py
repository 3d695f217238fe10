"""Package managers of distributions in an image that is to run."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import holding, sound
from hullmark.checks.image_facts import listed, programs, seen
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image

MANAGERS = (
    "apt-get",
    "apk",
    "dnf",
    "dnf5",
    "microdnf",
    "yum",
    "tdnf",
    "zypper",
    "pacman",
    "rpm",
    "dpkg",
    "opkg",
    "xbps-install",
    "emerge",
)


@image_check(
    id="package-manager-installed",
    title="Package manager is installed",
    severity=Severity.INFO,
    remediation=(
        "Copy the program into an image without one (distroless, scratch, chiselled) at the end "
        "of the build."
    ),
    references=("https://docs.docker.com/build/building/multi-stage/",),
    bad=lambda: (holding("usr/bin/apt-get", "usr/bin/dpkg"), holding("sbin/apk")),
    good=lambda: (sound(),),
)
def package_manager_installed(image: Image) -> Iterator[Evidence]:
    """An intruder installs tools with it, and what is installed at run time is in no scan."""
    found = [*programs(image, MANAGERS)]
    if found:
        yield seen(image, found[0], f"there are {listed(found)}")
