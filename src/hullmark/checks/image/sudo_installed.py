"""sudo and its like in an image."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import holding, sound
from hullmark.checks.image_facts import there
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image


@image_check(
    id="sudo-installed",
    title="sudo is installed",
    severity=Severity.LOW,
    remediation=(
        "Leave it out. Do what needs root in the build, or start as root and change the user with "
        "setpriv or gosu."
    ),
    references=("https://docs.docker.com/build/building/best-practices/#user",),
    bad=lambda: (holding("usr/bin/sudo"), holding("usr/bin/doas")),
    good=lambda: (sound(), holding("usr/share/doc/sudo/README")),
)
def sudo_installed(image: Image) -> Iterator[Evidence]:
    """A setuid program of some size that people configure to ask for no password."""
    yield from there(image, ("sudo", "doas", "pkexec"), "a way to root")
