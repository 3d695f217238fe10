"""Programs that a build makes run with their owner's rights."""

from collections.abc import Iterator
from re import compile as regex

from hullmark.checks.build_file import Build
from hullmark.checks.build_steps import operands, option, steps, told
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity


@dockerfile_check(
    id="setuid-bit-set-in-build",
    title="Build sets the setuid or setgid bit",
    severity=Severity.MEDIUM,
    bad=(
        "FROM debian:13.1\nRUN chmod u+s /usr/local/bin/tool\n",
        "FROM debian:13.1\nRUN make install && chmod -R 4755 /opt/bin\n",
        "FROM debian:13.1\nCOPY --chmod=6755 tool /usr/local/bin/\n",
    ),
    good=(
        (
            "FROM debian:13.1\n"
            "RUN chmod 0755 /a && chmod 1777 /tmp && chmod u-s /b && chmod +x /c\n"
            "COPY --chmod=755 a /a\n"
        ),
        "FROM a:1\nRUN find / -perm -4000 -exec chmod a-s {} +\n",
    ),
    remediation=(
        "Drop the bit, and run the program as the user who needs it or give it the one "
        "capability it needs."
    ),
    references=("https://man7.org/linux/man-pages/man2/execve.2.html",),
    left="whether the program works without is not known here",
)
def setuid_bit_set_in_build(build: Build) -> Iterator[Evidence]:
    """Any process in the container starts it with its owner's rights, most often root's.

    A fault in it is a way from the program's user to root.
    """
    for each in build.every("COPY", "ADD"):
        mode = each.flag("chmod")
        if _sets(mode):
            yield each.tell(f"{each.word} sets the mode {short(mode)}")
    for each, number, command in steps(build):
        modes = operands(command)[:1] if command.program == "chmod" else []
        if command.program == "install":
            modes = [option(command, "-m", "--mode")]
        for mode in filter(_sets, modes):
            yield told(each, number, f"{command.program} sets the mode {short(mode)}")


_octal = regex(r"0?[2-7][0-7]{3}\Z").match
_symbolic = regex(r"[ugoa]*[+=][rwxX]*s").match


def _sets(mode: str) -> bool:
    """Whether a mode sets the bit of user or group."""
    return bool(_octal(mode)) or any(map(_symbolic, mode.split(",")))
