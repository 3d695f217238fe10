"""Base images of which a newer one is known."""

from collections.abc import Iterator

from msgspec.structs import replace

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import sound
from hullmark.checks.image_facts import short
from hullmark.model import BaseImage, Evidence, Severity
from hullmark.model.image import Image


@image_check(
    id="outdated-base",
    title="A newer base image is known",
    severity=Severity.LOW,
    remediation="Build the image anew upon the newer base.",
    references=(
        "https://docs.docker.com/build/building/best-practices/#rebuild-your-images-often",
    ),
    bad=lambda: (
        replace(
            sound(),
            base=BaseImage(
                name="debian:12", digest="sha256:00", newer="debian:13", told_by="known layers"
            ),
        ),
    ),
    good=lambda: (
        sound(),
        replace(
            sound(), base=BaseImage(name="debian:13", digest="sha256:00", told_by="known layers")
        ),
    ),
)
def outdated_base(image: Image) -> Iterator[Evidence]:
    """What its publisher has mended since then is not in this image."""
    if image.base is not None and image.base.newer:
        yield Evidence(
            at="base",
            says=f"it stands on {short(image.base.name)}; {short(image.base.newer)} is known",
        )
