"""Signals that there are not."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity

MAX_SIGNAL = 64
"""Linux has that many (signal(7))."""

SIGNALS = frozenset(
    (
        *("HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "IOT", "BUS", "FPE", "USR1", "SEGV", "USR2"),
        *("PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CLD", "CONT", "TSTP", "TTIN", "TTOU", "URG"),
        *("XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "POLL", "PWR", "SYS"),
    )
)


@dockerfile_check(
    id="invalid-stop-signal",
    title="Stop signal is unknown or cannot be caught",
    severity=Severity.LOW,
    bad=(
        "FROM debian:13.1\nSTOPSIGNAL SIGFOO\n",
        "FROM debian:13.1\nSTOPSIGNAL 99\n",
        "FROM debian:13.1\nSTOPSIGNAL SIGKILL\n",
    ),
    good=(
        "FROM debian:13.1\nSTOPSIGNAL SIGTERM\n",
        "FROM debian:13.1\nSTOPSIGNAL QUIT\nSTOPSIGNAL 15\n",
        "FROM debian:13.1\nSTOPSIGNAL SIGRTMIN+3\nSTOPSIGNAL $S\n",
    ),
    remediation="Name a signal that the program handles, such as SIGTERM.",
    references=("https://docs.docker.com/reference/dockerfile/#stopsignal",),
    left="which signal the program handles is not known here",
)
def invalid_stop_signal(build: Build) -> Iterator[Evidence]:
    """The container cannot be told to stop, or dies in the middle of a write.

    Each release cuts off requests, and data may be lost.
    """
    for stage in build.stages:
        for each in stage.of("STOPSIGNAL"):
            name = stage.expanded(each.text).strip("\"'").upper().removeprefix("SIG")
            if name in ("KILL", "STOP", "9", "19"):
                yield each.tell(f"no program can handle {short(each.text)}")
            elif "$" not in name and not _is_signal(name):
                yield each.tell(f"there is no signal {short(each.text)}")


def _is_signal(name: str) -> bool:
    if name.isdecimal():
        return 0 < int(name[:9]) <= MAX_SIGNAL
    return name in SIGNALS or name.startswith(("RTMIN", "RTMAX"))
