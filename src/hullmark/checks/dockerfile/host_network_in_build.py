"""Steps that see the network of the machine that builds."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_mends import of_step, without_flag
from hullmark.checks.declare_config import dockerfile_check
from hullmark.model import Evidence, Severity


@dockerfile_check(
    id="host-network-in-build",
    title="Build step uses the host's network",
    severity=Severity.MEDIUM,
    bad=(("FROM debian:13.1\nRUN --network=host curl -fsS http://localhost:8080/a -o /a\n"),),
    good=(
        "FROM debian:13.1\nRUN --network=none make\n",
        "FROM debian:13.1\nRUN --network=default make\nRUN make --network=host\n",
    ),
    remediation=(
        "Drop --network=host, and give the build what it needs as a file or by a named context."
    ),
    references=("https://docs.docker.com/reference/dockerfile/#run---network",),
    mend=of_step(
        without_flag("network"),
        says="drop --network=host",
        breaks="cuts the step off from services of the builder itself",
        risky=True,
    ),
)
def host_network_in_build(build: Build) -> Iterator[Evidence]:
    """Services that listen on the builder's own addresses answer to the step.

    What it installs reaches an engine, a cache or the cloud's metadata and the credentials there.
    """
    for each in build.every("RUN"):
        if each.flag("network").lower() == "host":
            yield each.tell("RUN --network=host joins the network of the builder")
