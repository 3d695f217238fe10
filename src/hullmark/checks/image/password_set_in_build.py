"""Passwords that a build gives to accounts."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import built
from hullmark.checks.image_steps import lines
from hullmark.model import Evidence, Severity
from hullmark.model.finding import Kind
from hullmark.model.image import Image


@image_check(
    id="password-set-in-build",
    of_stages=True,
    title="Build gives an account a password",
    severity=Severity.HIGH,
    kind=Kind.SECRET,
    remediation=(
        "Change the password wherever it is used, and leave accounts locked: a container needs "
        "none with a password."
    ),
    references=("https://docs.docker.com/build/building/secrets/",),
    bad=lambda: (
        built("RUN /bin/sh -c echo 'root:hunter2' | chpasswd"),
        built("RUN /bin/sh -c useradd -m -p secret jo"),
        built("RUN /bin/sh -c echo hunter2 | passwd --stdin root"),
    ),
    good=lambda: (
        built(
            "RUN /bin/sh -c useradd -r -u 10001 app"
            " && passwd -l root && adduser -D x && mkdir -p /x"
        ),
    ),
    left="whether the account is needed is for people to say, and the password is to be changed",
)
def password_set_in_build(image: Image) -> Iterator[Evidence]:
    """The history shows the password to everybody who pulls the image.

    It is the same in every container, and nobody changes it there.
    """
    for line in lines(image):
        for number, command in enumerate(line.commands, 1):
            program = command.program
            if (
                program == "chpasswd"
                or (program == "passwd" and command.has("--stdin"))
                or (program in ("useradd", "usermod") and command.has("-p", "--password"))
            ):
                yield Evidence(
                    at=f"{line.at} command {number}",
                    says=f"{program} sets a password",
                    layer=line.layer,
                )
