"""Labels that say where an image comes from."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import sound
from hullmark.model import Evidence, Severity
from hullmark.model.image import NO_CONFIG, Image

LABELS = ("source", "revision", "version", "created", "licenses")
PREFIX = "org.opencontainers.image."


@image_check(
    id="missing-labels",
    title="Labels of origin are missing",
    severity=Severity.INFO,
    remediation="Let the build set them: docker/metadata-action does, and so does --label.",
    references=(
        "https://github.com/opencontainers/image-spec/blob/main/annotations.md#pre-defined-annotation-keys",
    ),
    bad=lambda: (sound(labels={}), sound(labels={PREFIX + "source": "https://example.com/app"})),
    good=lambda: (sound(), Image(config=NO_CONFIG)),
)
def missing_labels(image: Image) -> Iterator[Evidence]:
    """Who finds the image running at night wants to know which commit it was built from.

    Labels tell it without a look into the build system, which may have forgotten by then.
    """
    config = image.config
    missing = [PREFIX + name for name in LABELS if not config.labels.get(PREFIX + name, "").strip()]
    if config.is_told and missing and image != Image():
        yield Evidence(at="Labels", says=f"no {', '.join(missing)}")
