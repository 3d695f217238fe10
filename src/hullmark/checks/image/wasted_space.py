"""Layers that carry what later ones replace or delete."""

from collections.abc import Iterator

from msgspec.structs import replace

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import EXAMPLE_LAYER, sound
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image, ImageLayer
from hullmark.model.phrases import decimal

LEAST_BYTES = 10_000_000
SHARE = 0.05


@image_check(
    id="wasted-space",
    title="Layers carry files that are gone",
    severity=Severity.LOW,
    remediation=(
        "Delete files in the step that made them, or copy what is needed from another build stage."
    ),
    references=("https://docs.docker.com/build/building/multi-stage/",),
    bad=lambda: (
        replace(
            sound(),
            layers=(
                ImageLayer(diff_id=EXAMPLE_LAYER, size_bytes=100_000_000, wasted_bytes=20_000_000),
            ),
        ),
    ),
    good=lambda: (
        sound(),
        replace(
            sound(),
            layers=(
                ImageLayer(diff_id=EXAMPLE_LAYER, size_bytes=900_000_000, wasted_bytes=20_000_000),
            ),
        ),
    ),
)
def wasted_space(image: Image) -> Iterator[Evidence]:
    """They are pulled with every image, and whoever looks into the layers can still read them."""
    whole = sum(layer.size_bytes for layer in image.layers)
    wasted = sum(layer.wasted_bytes for layer in image.layers)
    if wasted <= LEAST_BYTES or wasted <= whole * SHARE:
        return
    for number, layer in enumerate(image.layers[:MAX_LAYERS], 1):
        if layer.wasted_bytes > LEAST_BYTES / 10:
            yield Evidence(
                at=f"layer {number}",
                says=(
                    f"{decimal(layer.wasted_bytes)} of {decimal(layer.size_bytes)} are replaced "
                    "or deleted by later layers"
                ),
                layer=layer.diff_id,
            )


MAX_LAYERS = 100
"""Layers that are told of; images have some ten."""
