"""Histories that are longer than checks read."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import built
from hullmark.checks.image_steps import MAX_HISTORY_CHARS
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image


@image_check(
    id="oversized-history",
    of_build=True,
    title="History is too long to be read whole",
    severity=Severity.LOW,
    remediation=(
        "Move long scripts out of RUN into files, and look at the rest of the history by hand."
    ),
    references=("https://github.com/opencontainers/image-spec/blob/main/config.md#properties",),
    bad=lambda: (built("RUN /bin/sh -c true " + "x" * MAX_HISTORY_CHARS),),
    good=lambda: (built("RUN /bin/sh -c true " + "x" * 1000),),
    left="what of it belongs into files is for people to say",
)
def oversized_history(image: Image) -> Iterator[Evidence]:
    """What stands after the limit was not looked at: no check of the build says anything of it."""
    size = sum(len(step.command) for step in image.config.history)
    if size > MAX_HISTORY_CHARS:
        yield Evidence(
            at="history", says=f"of {size} characters the first {MAX_HISTORY_CHARS} were read"
        )
