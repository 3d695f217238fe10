"""Programs that have no work to do in a build."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_steps import steps, told
from hullmark.checks.declare_config import dockerfile_check
from hullmark.model import Evidence, Severity

_STARTS = "acts on services, and none run in a build"
_TALKS = "waits for somebody at a terminal"
_SHOWS = "shows the machine that builds"
_SETS = "sets what ends with the step"

PROGRAMS = {
    **dict.fromkeys(("service", "systemctl", "rc-service", "initctl"), _STARTS),
    **dict.fromkeys(("vim", "vi", "nano", "emacs", "less", "man"), _TALKS),
    **dict.fromkeys(("top", "htop", "free", "uptime", "dmesg", "lsof", "iostat"), _SHOWS),
    **dict.fromkeys(("iptables", "ip6tables", "nft", "ufw", "mount", "umount", "modprobe"), _SETS),
    **dict.fromkeys(("sysctl", "ifconfig", "hostname", "ulimit", "swapon", "losetup"), _SETS),
    **dict.fromkeys(("shutdown", "reboot", "halt", "poweroff"), "stops no machine from a build"),
}
"""Programs, and what they do in a build."""


@dockerfile_check(
    id="interactive-program-in-build",
    title="Program that makes no sense in a build",
    severity=Severity.LOW,
    bad=(
        "FROM debian:13.1\nRUN service nginx start\n",
        ("FROM debian:13.1\nRUN top -b && systemctl enable nginx\nRUN iptables -A INPUT -j DROP\n"),
    ),
    good=(
        'FROM debian:13.1\nRUN apt-get install -y vim mount\nCMD ["nginx"]\n',
        "FROM debian:13.1\nRUN echo kill me > /a\n",
        "FROM a:1\nRUN make & PID=$! && kill $PID\n",
    ),
    remediation="Leave it out, and start or set up the program where the container runs.",
    references=("https://docs.docker.com/build/building/best-practices/#run",),
    left="whether something starts it is not known here",
)
def interactive_program_in_build(build: Build) -> Iterator[Evidence]:
    """What it starts or sets ends with the step, nothing of it is in the image.

    A firewall rule or a service that somebody relies on is not there.
    """
    for each, number, command in steps(build):
        if command.program in PROGRAMS:
            yield told(each, number, f"{command.program} {PROGRAMS[command.program]}")
