"""Containers that are to be logged into."""

from collections.abc import Iterator

from hullmark.checks.build_mends import of_step
from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import sound
from hullmark.checks.image_facts import ports_among
from hullmark.checks.instruction_mends import without_ports
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image


@image_check(
    id="ssh-port-exposed",
    of_build=True,
    title="SSH port exposed",
    severity=Severity.MEDIUM,
    remediation="Drop EXPOSE 22 and the server behind it, and use docker exec or kubectl exec.",
    references=("https://docs.docker.com/reference/cli/docker/container/exec/",),
    bad=lambda: (sound(ports=("22/tcp",)),),
    good=lambda: (sound(), sound(ports=("2222/tcp",))),
    mend=of_step(
        without_ports(22),
        says="expose no port of SSH",
        breaks="is not published by docker run -P any more, nor found by tools that ask the image",
    ),
)
def ssh_port_exposed(image: Image) -> Iterator[Evidence]:
    """A way into the container beside the orchestrator's, with accounts and keys of its own.

    What is done there is in no audit log, and lost with the container.
    """
    yield from ports_among(image, {22: "SSH"})
