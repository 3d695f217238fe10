"""Programs that a build gives powers of root."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_steps import steps
from hullmark.checks.declare_config import dockerfile_check
from hullmark.model import Evidence, Severity

POWERFUL = (
    *("all", "sys_admin", "sys_ptrace", "sys_module", "sys_rawio", "dac_override"),
    *("dac_read_search", "setuid", "setgid", "setfcap", "chown", "fowner", "net_admin", "bpf"),
)
"""Capabilities that lead to root of the container or of its node."""


@dockerfile_check(
    id="capability-set-in-build",
    title="Build gives a program a powerful capability",
    severity=Severity.MEDIUM,
    bad=(
        "FROM debian:13.1\nRUN setcap cap_sys_admin+ep /usr/local/bin/tool\n",
        "FROM debian:13.1\nRUN setcap 'cap_net_admin,cap_setuid=eip' /bin/a\n",
    ),
    good=(
        "FROM debian:13.1\nRUN setcap cap_net_bind_service=+ep /bin/a\n",
        "FROM debian:13.1\nRUN setcap -r /bin/a\n",
    ),
    remediation=(
        "Drop the capability, or give it to the one container that needs it when it runs."
    ),
    references=("https://man7.org/linux/man-pages/man7/capabilities.7.html",),
    left="whether the program needs it is for people to say",
)
def capability_set_in_build(build: Build) -> Iterator[Evidence]:
    """Any process in the container starts it with that power.

    With some of them it reads every file, becomes root or rules the node's kernel.
    """
    for each, number, command in steps(build):
        if command.program == "setcap":
            text = " ".join(command.words).lower()
            for name in POWERFUL:
                if f"cap_{name}" in text:
                    yield each.tell(f"setcap gives cap_{name}", f"command {number} {name}")
