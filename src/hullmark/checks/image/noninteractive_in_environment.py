"""DEBIAN_FRONTEND that outlives the build."""

from collections.abc import Iterator

from hullmark.checks.build_mends import of_step
from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import sound
from hullmark.checks.image_facts import short, variables
from hullmark.checks.instruction_mends import for_build_alone
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image


@image_check(
    id="noninteractive-in-environment",
    of_build=True,
    title="DEBIAN_FRONTEND is kept in the image",
    severity=Severity.INFO,
    remediation=(
        "Set it for the one command: RUN DEBIAN_FRONTEND=noninteractive apt-get install ..., or "
        "as ARG."
    ),
    references=("https://docs.docker.com/reference/dockerfile/#env",),
    bad=lambda: (sound(env=("DEBIAN_FRONTEND=noninteractive",)),),
    good=lambda: (sound(), sound(env=("DEBIAN_FRONTEND=",))),
    mend=of_step(for_build_alone, says="set it for the build alone, by ARG"),
)
def noninteractive_in_environment(image: Image) -> Iterator[Evidence]:
    """A setting for the build that also silences whoever works in a container later."""
    for name, value in variables(image):
        if name == "DEBIAN_FRONTEND" and value:
            yield Evidence(at=f"Env {name}", says=f"{name} is {short(value)} in every container")
