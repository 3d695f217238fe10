"""Builds that upgrade the whole distribution."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import built
from hullmark.checks.image_steps import own_lines
from hullmark.checks.shell import Command
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image

UPGRADES = {
    "apt-get": ("upgrade", "dist-upgrade", "full-upgrade"),
    "apt": ("upgrade", "dist-upgrade", "full-upgrade"),
    "apk": ("upgrade",),
    "yum": ("update", "upgrade"),
    "dnf": ("update", "upgrade", "distro-sync"),
    "microdnf": ("update", "upgrade"),
    "zypper": ("update", "up", "dist-upgrade", "dup"),
}


@image_check(
    id="distribution-upgrade-in-build",
    of_build=True,
    title="Build upgrades the whole distribution",
    severity=Severity.INFO,
    remediation=(
        "Take a newer base image by its digest, and install single packages where that is not "
        "enough."
    ),
    references=("https://docs.docker.com/build/building/best-practices/#apt-get",),
    bad=lambda: (
        built("RUN /bin/sh -c apt-get update && apt-get -y upgrade && rm -rf /var/lib/apt/lists/*"),
        built("RUN /bin/sh -c apk upgrade --no-cache"),
    ),
    good=lambda: (
        built(
            "RUN /bin/sh -c yum update -y openssl && yum clean all",
            "RUN /bin/sh -c apt-get install -y --no-install-recommends curl",
        ),
    ),
    left="which newer base to take instead is for people to say",
)
def distribution_upgrade_in_build(image: Image) -> Iterator[Evidence]:
    """Two builds of one Dockerfile differ, and the layer repeats much of the base.

    Where the base image is old, it does mend faults: a newer base mends them for everybody.
    """
    for line in own_lines(image):
        for number, command in enumerate(line.commands, 1):
            if command.action in UPGRADES.get(command.program, ()) and not _named(command):
                yield Evidence(
                    at=f"{line.at} command {number}",
                    says=f"{command.program} {command.action} upgrades everything",
                    layer=line.layer,
                )


def _named(command: Command) -> bool:
    """Whether packages are named, so that not everything is upgraded."""
    return len([word for word in command.words if not word.startswith(("-", "$"))]) > 1
