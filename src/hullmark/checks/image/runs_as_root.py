"""Containers that run as user 0 because nobody said otherwise."""

from collections.abc import Iterator

from hullmark.checks.build_mends import of_step
from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import sound
from hullmark.checks.image_facts import is_root, user
from hullmark.checks.instruction_mends import back_to_user
from hullmark.model import Evidence, Severity
from hullmark.model.image import NO_CONFIG, Image


@image_check(
    id="runs-as-root",
    of_build=True,
    title="Container runs as root",
    severity=Severity.MEDIUM,
    remediation="Create a user in the build and name it by number at the end: USER 10001:10001.",
    references=("https://docs.docker.com/build/building/best-practices/#user",),
    bad=lambda: (sound(user=""), sound(user="root"), sound(user="0:0"), sound(user="00")),
    good=lambda: (sound(), sound(user="10001"), Image(config=NO_CONFIG)),
    mend=of_step(
        back_to_user,
        says="return to the user that was named before",
        breaks="takes rights of root from what starts",
        risky=True,
    ),
)
def runs_as_root(image: Image) -> Iterator[Evidence]:
    """Root in a container is root to the kernel: one escape, and it is root of the node.

    It also may change every file of the image, so whoever breaks in can stay.
    """
    if image.config.is_told and image.config.os != "windows" and is_root(image):
        said = f"USER is {image.config.user!r}" if user(image) else "no USER is given"
        yield Evidence(at="User", says=f"{said}, so it starts as root")
