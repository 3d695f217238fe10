"""Steps of a build that change to root by sudo."""

from collections.abc import Iterator

from hullmark.checks.build_mends import of_step
from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import built
from hullmark.checks.image_facts import short
from hullmark.checks.image_steps import own_lines
from hullmark.checks.instruction_mends import without_sudo
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image


@image_check(
    id="sudo-in-build",
    of_stages=True,
    title="Build uses sudo",
    severity=Severity.LOW,
    remediation=(
        "Do it as root before USER, and leave sudo out of the image; use gosu or setpriv to start "
        "as another user."
    ),
    references=("https://docs.docker.com/build/building/best-practices/#user",),
    bad=lambda: (
        built("RUN /bin/sh -c sudo make install"),
        built("RUN /bin/sh -c sudo -E env A=1 make"),
    ),
    good=lambda: (
        built(
            "RUN /bin/sh -c make install",
            "RUN /bin/sh -c apt-get install -y --no-install-recommends sudo",
        ),
    ),
    mend=of_step(without_sudo, says="drop sudo, as the step runs as root"),
)
def sudo_in_build(image: Image) -> Iterator[Evidence]:
    """The user it works for can become root at run time too, and needs no password for it."""
    for line in own_lines(image):
        for number, command in enumerate(line.commands, 1):
            if any(word.rpartition("/")[2] in ("sudo", "doas") for word in command.before):
                yield Evidence(
                    at=f"{line.at} command {number}",
                    says=(
                        f"{short(command.program) if command.program else 'a shell'} is run by sudo"
                    ),
                    layer=line.layer,
                )
