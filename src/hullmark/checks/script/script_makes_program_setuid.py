"""Programs that run as their owner."""

from collections.abc import Iterator
from itertools import pairwise
from re import compile as regex

from hullmark.checks.declare_config import script_check
from hullmark.checks.image_facts import short
from hullmark.checks.script_file import Script
from hullmark.checks.shell import Command
from hullmark.model import Evidence, Severity

_octal = regex(r"0?[4-7][0-7]{3}\Z").match
_symbolic = regex(r"(?:[^,]*,)*[ua]*\+[rwxXt]*s").match


@script_check(
    id="script-makes-program-setuid",
    title="Script makes a program setuid",
    severity=Severity.MEDIUM,
    bad=(
        "#!/bin/sh\nchmod u+s /usr/local/bin/tool\n",
        "chmod 4755 /opt/tool\n",
        "install -m 04755 tool /usr/bin/\n",
    ),
    good=("chmod u-s /usr/bin/su\nchmod 0755 /opt/tool\n", "chmod 2755 /srv\nchmod 1777 /tmp\n"),
    remediation=(
        "Run the program as the user who needs it, or give its file a capability with setcap."
    ),
    references=("https://man7.org/linux/man-pages/man7/capabilities.7.html",),
    left="whether the program works without is not known here",
)
def script_makes_program_setuid(script: Script) -> Iterator[Evidence]:
    """A fault in it gives root to whoever may start it, out of any account of the container."""
    yield from script.every(_setuid)


def _setuid(command: Command) -> str:
    words = command.words
    mode = command.action if command.program == "chmod" else ""
    if command.program == "install":
        pairs = pairwise(words)
        mode = next((word for before, word in pairs if before in ("-m", "--mode")), "")
    if mode and (_octal(mode) or _symbolic(mode)):
        return f"{command.program} with the mode {short(mode)}"
    return ""
