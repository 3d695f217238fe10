"""Users given by name, which an orchestrator cannot verify."""

from collections.abc import Iterator

from hullmark.checks.build_mends import of_step
from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import sound
from hullmark.checks.image_facts import ROOTS, short, user
from hullmark.checks.instruction_mends import by_number
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image


@image_check(
    id="user-by-name",
    of_build=True,
    title="User is given by name",
    severity=Severity.INFO,
    remediation="Give the user by its number: USER 10001:10001.",
    references=("https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",),
    bad=lambda: (sound(user="app"), sound(user="app:app")),
    good=lambda: (sound(), sound(user="10001"), sound(user="10001:app")),
    mend=of_step(by_number, says="name the user by number"),
)
def user_by_name(image: Image) -> Iterator[Evidence]:
    """Kubernetes cannot tell from a name whether it is root, and refuses it under runAsNonRoot.

    What number a name stands for is decided by etc/passwd, which any layer may change.
    """
    name = user(image)
    if name not in ROOTS and not name.isdecimal() and image.config.os != "windows":
        yield Evidence(at="User", says=f"USER {short(name)} is a name, not a number")
