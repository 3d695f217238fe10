"""Ports that no container can listen on."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.declare_config import dockerfile_check
from hullmark.model import Evidence, Severity

MAX_PORT = 65535


@dockerfile_check(
    id="invalid-port",
    title="Port out of range",
    severity=Severity.LOW,
    bad=(
        "FROM debian:13.1\nEXPOSE 80800\n",
        "FROM debian:13.1\nARG PORT=0\nEXPOSE 80 $PORT/tcp\n",
        "FROM debian:13.1\nEXPOSE 8010-8000\n",
    ),
    good=("FROM debian:13.1\nEXPOSE 80 8000-8010/tcp 53/udp\nEXPOSE $PORT\n",),
    remediation="Name a port from 1 to 65535.",
    references=("https://docs.docker.com/reference/dockerfile/#expose",),
    left="which port is meant is for people to say",
)
def invalid_port(build: Build) -> Iterator[Evidence]:
    """No container can listen there.

    Whoever publishes the ports of the image or writes rules for its network leaves out the one
    that was meant.
    """
    for stage in build.stages:
        for each in stage.of("EXPOSE"):
            for word in stage.expanded(each.text).split():
                first, dash, last = word.partition("/")[0].partition("-")
                numbers = [first, *([last] if dash else [])]
                if all(map(str.isdecimal, numbers)) and not _fits(
                    [int(one[:9]) for one in numbers]
                ):
                    yield each.tell(f"{word[:80]} is no port from 1 to 65535", word[:80])


def _fits(numbers: list[int]) -> bool:
    return numbers == sorted(numbers) and all(0 < one <= MAX_PORT for one in numbers)
