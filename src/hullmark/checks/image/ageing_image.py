"""Images that nobody has built anew for half a year."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import sound
from hullmark.checks.image_facts import age_in_days
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image

DAYS = 180
LATER = 365


@image_check(
    id="ageing-image",
    title="Image is older than half a year",
    severity=Severity.LOW,
    remediation="Build it anew from a current base image, and do so regularly.",
    references=(
        "https://docs.docker.com/build/building/best-practices/#rebuild-your-images-often",
    ),
    bad=lambda: (
        sound(created="2026-04-01T00:00:00Z"),
        sound(created="2026-04-01T00:00:00.123456789+02:00"),
    ),
    good=lambda: (
        sound(),
        sound(created="2025-04-01T00:00:00Z"),
        sound(created="0001-01-01T00:00:00Z"),
        sound(created="soon"),
    ),
)
def ageing_image(image: Image) -> Iterator[Evidence]:
    """Distributions publish corrections every week; an image has those of the day it was built."""
    days = age_in_days(image)
    if days is not None and DAYS < days <= LATER:
        yield Evidence(at="created", says=f"it was built {days} days ago")
