"""Images that do not say how to tell whether they work."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import sound
from hullmark.model import Evidence, Severity
from hullmark.model.image import NO_CONFIG, Image


@image_check(
    id="no-healthcheck",
    of_build=True,
    title="No health check",
    severity=Severity.LOW,
    remediation=(
        "Add a HEALTHCHECK that asks the service itself. Where only Kubernetes runs the image, "
        "use probes there and accept this."
    ),
    references=("https://docs.docker.com/reference/dockerfile/#healthcheck",),
    bad=lambda: (sound(healthcheck=()), sound(healthcheck=("NONE",))),
    good=lambda: (
        sound(),
        sound(healthcheck=("CMD-SHELL", "curl -f http://localhost")),
        Image(config=NO_CONFIG),
        sound(healthcheck=(), ports=()),
    ),
    left="what shows that it works is for people to say",
)
def no_healthcheck(image: Image) -> Iterator[Evidence]:
    """Without one a service that hangs counts as running: Docker neither notices nor says so."""
    test = image.config.healthcheck
    if image.config.is_told and image.config.ports and (not test or test[0] == "NONE"):
        said = "HEALTHCHECK NONE switches it off" if test else "there is no HEALTHCHECK"
        yield Evidence(at="Healthcheck", says=said)
