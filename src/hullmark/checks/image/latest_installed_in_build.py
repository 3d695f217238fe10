"""Packages that a build takes in whatever version is newest."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import built
from hullmark.checks.image_steps import own_lines
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image


@image_check(
    id="latest-installed-in-build",
    of_build=True,
    title="Build installs the latest version, whatever it is",
    severity=Severity.LOW,
    remediation="Name a version, and raise it by a change that can be reviewed.",
    references=("https://docs.docker.com/build/building/best-practices/#pin-base-image-versions",),
    bad=lambda: (
        built("RUN /bin/sh -c go install example.com/tool@latest"),
        built("RUN /bin/sh -c npm install -g npm@latest"),
    ),
    good=lambda: (
        built("RUN /bin/sh -c go install example.com/tool@v1.2.3 && npm install -g npm@11.0.0"),
    ),
    left="which version is meant is for people to say",
)
def latest_installed_in_build(image: Image) -> Iterator[Evidence]:
    """Two builds of one Dockerfile give two images.

    A release that somebody tampered with is in the next build, before anybody notices.
    """
    for line in own_lines(image):
        for number, command in enumerate(line.commands, 1):
            if command.program in (
                "go",
                "npm",
                "npx",
                "pnpm",
                "yarn",
                "deno",
                "bun",
                "cargo",
            ) and any(
                word.endswith(("@latest", "@next", "@master", "@main")) for word in command.words
            ):
                yield Evidence(
                    at=f"{line.at} command {number}",
                    says=f"{command.program} takes the latest version",
                    layer=line.layer,
                )
