"""Instructions that run in the builds of others."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import sound
from hullmark.checks.image_facts import MAX_EACH, short
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image


@image_check(
    id="onbuild-trigger",
    of_build=True,
    title="ONBUILD trigger",
    severity=Severity.LOW,
    remediation=(
        "Write the instructions into the Dockerfiles that need them, or take a base image without "
        "triggers."
    ),
    references=("https://docs.docker.com/reference/dockerfile/#onbuild",),
    bad=lambda: (sound(onbuild=("COPY . /app", "RUN make")),),
    good=lambda: (sound(),),
    left="which Dockerfiles start from it is not known here",
)
def onbuild_trigger(image: Image) -> Iterator[Evidence]:
    """Triggers run in every build on top of this image, and no Dockerfile there shows them."""
    for number, each in enumerate(image.config.onbuild[:MAX_EACH], 1):
        yield Evidence(
            at=f"OnBuild {number}", says=f"{short(each.partition(' ')[0])} runs in builds of others"
        )
