"""Interactive shells in an image that is to run."""

from collections.abc import Iterator

from msgspec.structs import replace

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import holding, sound
from hullmark.checks.image_facts import SHELLS, listed, seen
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image


@image_check(
    id="shell-installed",
    title="Shell is installed",
    severity=Severity.INFO,
    remediation=(
        "Where nothing in the image is a script, copy the program into one without a shell "
        "(distroless, scratch, chiselled)."
    ),
    references=("https://docs.docker.com/dhi/core-concepts/distroless/",),
    bad=lambda: (
        holding("usr/bin/bash", "usr/bin/dash"),
        replace(holding("bin/busybox"), links={"bin/sh": "/bin/busybox"}),
    ),
    good=lambda: (sound(),),
)
def shell_installed(image: Image) -> Iterator[Evidence]:
    """Most exploits start a shell first; without one many of them end there."""
    folders = ("bin", "usr/bin", "usr/local/bin")
    found = [
        f"{folder}/{name}"
        for name in sorted(SHELLS)
        for folder in folders
        if f"{folder}/{name}" in image.files or f"{folder}/{name}" in image.links
    ]
    if found:
        yield seen(image, found[0], f"there are {listed(found)}")
