"""Packages that apt adds because others recommend them."""

from collections.abc import Iterator

from hullmark.checks.build_mends import after_word, of_calls
from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import built
from hullmark.checks.image_steps import own_lines
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image


@image_check(
    id="recommended-packages-installed",
    of_build=True,
    title="Recommended packages are installed too",
    severity=Severity.INFO,
    remediation="Use apt-get install --no-install-recommends, and name what is needed.",
    references=("https://docs.docker.com/build/building/best-practices/#apt-get",),
    bad=lambda: (
        built(
            "RUN /bin/sh -c apt-get update"
            " && apt-get install -y curl && rm -rf /var/lib/apt/lists/*"
        ),
    ),
    good=lambda: (
        built("RUN /bin/sh -c apt-get install -y --no-install-recommends curl"),
        built(
            "RUN /bin/sh -c echo 'APT::Install-Recommends \"0\";' > /etc/apt/apt.conf.d/99x",
            "RUN /bin/sh -c apt-get install -y curl",
        ),
    ),
    mend=of_calls(
        after_word("--no-install-recommends", "install", of=("apt-get", "apt")),
        says="leave out recommended packages",
        breaks="leaves out what a program may use where it is there",
        risky=True,
    ),
)
def recommended_packages_installed(image: Image) -> Iterator[Evidence]:
    """Each is more to update and more to attack, and most of them nobody ever calls."""
    found = list(own_lines(image))
    if any("Install-Recommends" in line.text for line in found):
        return
    for line in found:
        for number, command in enumerate(line.commands, 1):
            if (
                command.program in ("apt-get", "apt")
                and command.action == "install"
                and not command.has("--no-install-recommends")
            ):
                yield Evidence(
                    at=f"{line.at} command {number}",
                    says=f"{command.program} install without --no-install-recommends",
                    layer=line.layer,
                )
