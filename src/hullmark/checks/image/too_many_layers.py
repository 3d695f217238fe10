"""Images of more layers than a runtime mounts."""

from collections.abc import Iterator

from msgspec.structs import replace

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import sound
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image, ImageLayer

MOST = 127
"""What overlay file systems of Docker mount over each other."""


@image_check(
    id="too-many-layers",
    title="More layers than Docker mounts",
    severity=Severity.MEDIUM,
    remediation=(
        "Join steps that belong together, or copy the result of one build stage into another."
    ),
    references=("https://docs.docker.com/engine/storage/drivers/overlayfs-driver/",),
    bad=lambda: (
        replace(
            sound(), layers=tuple(ImageLayer(diff_id=f"sha256:{number}") for number in range(128))
        ),
    ),
    good=lambda: (
        sound(),
        replace(
            sound(), layers=tuple(ImageLayer(diff_id=f"sha256:{number}") for number in range(127))
        ),
    ),
)
def too_many_layers(image: Image) -> Iterator[Evidence]:
    """Runtimes refuse to start it, or nobody can build upon it any more."""
    if len(image.layers) > MOST:
        yield Evidence(at="layers", says=f"there are {len(image.layers)} layers")
