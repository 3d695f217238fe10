"""Images that nobody has built anew for a year."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import sound
from hullmark.checks.image_facts import age_in_days
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image

DAYS = 365


@image_check(
    id="outdated-image",
    title="Image is older than a year",
    severity=Severity.MEDIUM,
    remediation="Build it anew from a current base image, and do so regularly.",
    references=(
        "https://docs.docker.com/build/building/best-practices/#rebuild-your-images-often",
    ),
    bad=lambda: (sound(created="2025-10-01T00:00:00Z"),),
    good=lambda: (
        sound(),
        sound(created=""),
        sound(created="1970-01-01T00:00:00Z"),
        sound(created="1980-01-01T00:00:01Z"),
    ),
)
def outdated_image(image: Image) -> Iterator[Evidence]:
    """What was found in its packages since then is in it still."""
    days = age_in_days(image)
    if days is not None and days > DAYS:
        yield Evidence(at="created", says=f"it was built {days} days ago")
