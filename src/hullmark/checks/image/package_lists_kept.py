"""Package lists that the layer keeps which fetched them."""

from collections.abc import Iterator

from hullmark.checks.build_mends import of_step
from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import built
from hullmark.checks.image_steps import own_lines
from hullmark.checks.instruction_mends import without_lists
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image


@image_check(
    id="package-lists-kept",
    of_build=True,
    title="Package lists are kept in the layer that fetched them",
    severity=Severity.LOW,
    remediation=(
        "End the same RUN with rm -rf /var/lib/apt/lists/*, or mount /var/lib/apt as a cache."
    ),
    references=("https://docs.docker.com/build/building/best-practices/#apt-get",),
    bad=lambda: (
        built("RUN /bin/sh -c apt-get update && apt-get install -y --no-install-recommends curl"),
        built("RUN /bin/sh -c apt-get update", "RUN /bin/sh -c rm -rf /var/lib/apt/lists/*"),
    ),
    good=lambda: (
        built("RUN /bin/sh -c apt-get -o A::B=c update && apt-get upgrade x && apt-get dist-clean"),
        built(
            "RUN /bin/sh -c apt-get update"
            " && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*"
        ),
        built("RUN /bin/sh -c apt-get update && rm -rf /var/lib/apt/lists /var/cache/apt"),
    ),
    mend=of_step(
        without_lists,
        says="remove the package lists in the same step",
    ),
)
def package_lists_kept(image: Image) -> Iterator[Evidence]:
    """Some 20 MB that no container reads; removing them in a later layer makes it no smaller."""
    for line in own_lines(image):
        fetched = any(
            command.program in ("apt-get", "apt") and command.action == "update"
            for command in line.commands
        )
        cleaned = "/var/lib/apt" in line.text or any(
            command.program == "apt-get" and command.action in ("dist-clean", "distclean")
            for command in line.commands
        )
        if fetched and not cleaned:
            yield Evidence(
                at=line.at,
                says="apt-get update, and nothing removes /var/lib/apt/lists in this step",
                layer=line.layer,
            )
