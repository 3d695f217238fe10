"""Images of more layers than anybody tells apart."""

from collections.abc import Iterator

from msgspec.structs import replace

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import sound
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image, ImageLayer

LAYERS = 60
MOST = 127
"""What overlay file systems of Docker mount over each other."""


@image_check(
    id="many-layers",
    title="Many layers",
    severity=Severity.LOW,
    remediation=(
        "Join steps that belong together, or copy the result of one build stage into another."
    ),
    references=("https://docs.docker.com/build/building/best-practices/#use-multi-stage-builds",),
    bad=lambda: (
        replace(
            sound(), layers=tuple(ImageLayer(diff_id=f"sha256:{number}") for number in range(61))
        ),
    ),
    good=lambda: (
        sound(),
        replace(
            sound(), layers=tuple(ImageLayer(diff_id=f"sha256:{number}") for number in range(60))
        ),
    ),
)
def many_layers(image: Image) -> Iterator[Evidence]:
    """Each is one more request to pull and one more folder to search when a file is opened."""
    count = len(image.layers)
    if LAYERS < count <= MOST:
        yield Evidence(at="layers", says=f"there are {count} layers")
