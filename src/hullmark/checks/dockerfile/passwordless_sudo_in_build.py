"""Rules of sudo that ask for no password."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.declare_config import dockerfile_check
from hullmark.model import Evidence, Severity


@dockerfile_check(
    id="passwordless-sudo-in-build",
    title="Build lets an account use sudo without a password",
    severity=Severity.HIGH,
    bad=(
        "FROM debian:13.1\nRUN echo 'app ALL=(ALL) NOPASSWD: ALL' >> /etc/sudoers\n",
        (
            "FROM debian:13.1\n"
            "RUN printf '%%wheel ALL=(ALL) NOPASSWD:ALL' | tee /etc/sudoers.d/wheel\n"
        ),
        ("FROM debian:13.1\nCOPY <<EOF /etc/sudoers.d/app\napp ALL=(ALL) NOPASSWD: ALL\nEOF\n"),
    ),
    good=(
        "FROM debian:13.1\nRUN echo 'app ALL=(ALL) ALL' >> /etc/sudoers\n",
        "FROM debian:13.1\nRUN echo NOPASSWD > /notes\n",
    ),
    remediation="Drop sudo and the rule, and do in the build as root what needs root.",
    references=("https://www.sudo.ws/docs/man/sudoers.man/",),
    left="what calls sudo when the container runs is not known here",
)
def passwordless_sudo_in_build(build: Build) -> Iterator[Evidence]:
    """A USER that is not root protects nothing then.

    Whoever breaks into the program is root with one word.
    """
    for each in build.every("RUN", "COPY", "ADD"):
        texts = each.heredocs if each.word != "RUN" else (each.text, *each.heredocs)
        names_file = "sudoers" in each.text
        if names_file and any("NOPASSWD" in text for text in texts):
            yield each.tell("a rule of sudo has NOPASSWD")
