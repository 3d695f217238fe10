"""Images that are called latest."""

from collections.abc import Iterator

from msgspec.structs import replace

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import sound
from hullmark.checks.image_facts import reference, short
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image


@image_check(
    id="latest-tag",
    title="Tag latest",
    severity=Severity.LOW,
    remediation="Tag images by version, and deploy them by digest.",
    references=("https://docs.docker.com/build/building/best-practices/#pin-base-image-versions",),
    bad=lambda: (
        replace(sound(), name="registry.example/app:latest"),
        replace(sound(), name="app:latest"),
    ),
    good=lambda: (
        sound(),
        replace(sound(), name="app:latest@sha256:" + "0" * 64),
        replace(sound(), name=""),
    ),
)
def latest_tag(image: Image) -> Iterator[Evidence]:
    """It is another image next week: nobody can tell what runs, nor go back to what ran."""
    repository, tag, digest = reference(image.name)
    if tag == "latest" and not digest:
        yield Evidence(at="name", says=f"{short(repository)} is called latest")
