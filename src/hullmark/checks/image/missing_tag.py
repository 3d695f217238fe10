"""Images that are named without a tag."""

from collections.abc import Iterator

from msgspec.structs import replace

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import sound
from hullmark.checks.image_facts import reference, short
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image


@image_check(
    id="missing-tag",
    title="No tag",
    severity=Severity.LOW,
    remediation="Name a version, or better the digest.",
    references=("https://docs.docker.com/reference/cli/docker/image/tag/",),
    bad=lambda: (replace(sound(), name="registry.example:5000/app"),),
    good=lambda: (
        sound(),
        replace(sound(), name="app@sha256:" + "0" * 64),
        replace(sound(), name=""),
        replace(sound(), name="sha256:" + "0" * 64),
    ),
)
def missing_tag(image: Image) -> Iterator[Evidence]:
    """Without a tag it is latest that is taken, and that is another image next week."""
    repository, tag, digest = reference(image.name)
    if repository and not tag and not digest:
        yield Evidence(at="name", says=f"{short(repository)} has no tag and no digest")
