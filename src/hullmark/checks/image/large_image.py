"""Images of more than a gigabyte."""

from collections.abc import Iterator

from msgspec.structs import replace

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import EXAMPLE_LAYER, sound
from hullmark.checks.image_facts import short
from hullmark.checks.image_steps import instruction
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image, ImageLayer
from hullmark.model.phrases import decimal

LARGE_BYTES = 1_000_000_000


@image_check(
    id="large-image",
    title="Large image",
    severity=Severity.INFO,
    remediation=(
        "Build in one stage and copy the result into a small base image; look at the largest "
        "layers first."
    ),
    references=("https://docs.docker.com/build/building/multi-stage/",),
    bad=lambda: (
        replace(
            sound(),
            layers=(
                ImageLayer(diff_id=EXAMPLE_LAYER, size_bytes=2_000_000_000, command="RUN make"),
            ),
        ),
    ),
    good=lambda: (sound(),),
)
def large_image(image: Image) -> Iterator[Evidence]:
    """It takes long to start on a new node, and most of it is there to be attacked, not used."""
    whole = sum(layer.size_bytes for layer in image.layers)
    if whole > LARGE_BYTES:
        ordered = sorted(image.layers, key=lambda layer: -layer.size_bytes)[:3]
        largest = ", ".join(
            f"{decimal(layer.size_bytes)} by {short(instruction(layer.command)[0])}"
            for layer in ordered
        )
        yield Evidence(
            at="size", says=f"{decimal(whole)} uncompressed; the largest layers have {largest}"
        )
