"""Ports below 1024 of containers that do not run as root."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import sound
from hullmark.checks.image_facts import LOGIN_PORTS, is_root, ports, short, user
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image

FIRST_FREE_PORT = 1024
"""Linux's net.ipv4.ip_unprivileged_port_start as the kernel has it; Docker and containerd lower
it."""


@image_check(
    id="privileged-port",
    of_build=True,
    title="Privileged port of an unprivileged user",
    severity=Severity.INFO,
    remediation="Listen on a port from 1024 on, and map it where the container is published.",
    references=("https://docs.docker.com/reference/dockerfile/#expose",),
    bad=lambda: (sound(ports=("80/tcp",)), sound(ports=("443/tcp", "80/tcp"))),
    good=lambda: (sound(), sound(ports=("1024/tcp",))),
    left="the program has to listen on another port too",
)
def privileged_port(image: Image) -> Iterator[Evidence]:
    """Where the runtime does not lower the limit, it cannot listen there without NET_BIND_SERVICE.

    People then give it the capability, or let it run as root.
    """
    if not is_root(image):
        for port, protocol in ports(image):
            if port < FIRST_FREE_PORT and port not in LOGIN_PORTS:
                yield Evidence(
                    at=f"ExposedPorts {port}/{protocol}",
                    says=(
                        f"port {port}/{protocol} is below {FIRST_FREE_PORT} and USER is "
                        f"{short(user(image))}"
                    ),
                )
