"""Base images that are known by a tag alone."""

from collections.abc import Iterator

from msgspec.structs import replace

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import sound
from hullmark.checks.image_facts import short
from hullmark.model import BaseImage, Evidence, Severity
from hullmark.model.image import Image


@image_check(
    id="unpinned-base",
    title="Base image is not pinned by digest",
    severity=Severity.LOW,
    remediation="Write FROM name:tag@sha256:..., and let a bot raise the digest.",
    references=("https://docs.docker.com/build/building/best-practices/#pin-base-image-versions",),
    bad=lambda: (
        replace(
            sound(), base=BaseImage(name="docker.io/library/debian:13", told_by="labels", layers=1)
        ),
        sound(labels={**sound().config.labels, "org.opencontainers.image.base.name": "debian:13"}),
    ),
    good=lambda: (
        sound(),
        replace(
            sound(),
            base=BaseImage(
                name="debian:13", digest="sha256:" + "0" * 64, told_by="labels", layers=1
            ),
        ),
        replace(sound(), base=BaseImage(layers=1, told_by="history")),
    ),
)
def unpinned_base(image: Image) -> Iterator[Evidence]:
    """A tag is moved by whoever publishes it: the next build stands on another image."""
    labels = image.config.labels
    name = labels.get("org.opencontainers.image.base.name", "")
    digest = labels.get("org.opencontainers.image.base.digest", "")
    if image.base is not None and image.base.name:
        name, digest = image.base.name, image.base.digest
    if name and not digest and "@" not in name and name != "scratch":
        yield Evidence(
            at="base", says=f"its base image is called {short(name)}, and no digest is told"
        )
