"""Configurations that do not say what they run on."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import sound
from hullmark.model import Evidence, Severity
from hullmark.model.image import NO_CONFIG, Image


@image_check(
    id="unnamed-platform",
    title="Image names no platform",
    severity=Severity.LOW,
    remediation="Build with a tool that writes architecture and os, as the specification requires.",
    references=("https://github.com/opencontainers/image-spec/blob/main/config.md#properties",),
    bad=lambda: (sound(os=""), sound(architecture="")),
    good=lambda: (sound(), Image(config=NO_CONFIG)),
)
def unnamed_platform(image: Image) -> Iterator[Evidence]:
    """A runtime cannot choose by platform what does not say its own, and starts it anywhere."""
    config = image.config
    missing = [
        name
        for name, value in (("os", config.os), ("architecture", config.architecture))
        if not value
    ]
    if config.is_told and missing and image != Image():
        yield Evidence(at="config", says=f"the configuration has no {' and no '.join(missing)}")
