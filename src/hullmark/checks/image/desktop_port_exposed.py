"""Ports of remote desktops."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import sound
from hullmark.checks.image_facts import ports_among
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image

PORTS = {
    3389: "RDP",
    5800: "VNC over HTTP",
    **dict.fromkeys(range(5900, 5904), "VNC"),
    6000: "X11",
}


@image_check(
    id="desktop-port-exposed",
    of_build=True,
    title="Remote desktop port exposed",
    severity=Severity.MEDIUM,
    remediation="Drop the port, or put an authenticated gateway with TLS before it.",
    references=("https://docs.docker.com/reference/dockerfile/#expose",),
    bad=lambda: (sound(ports=("3389/tcp",)), sound(ports=("5901/tcp",))),
    good=lambda: (sound(), sound(ports=("5904/tcp",))),
    left="who is to reach it is for people to say",
)
def desktop_port_exposed(image: Image) -> Iterator[Evidence]:
    """Remote desktops are guessed at all day; VNC and X11 know short passwords or none."""
    yield from ports_among(image, PORTS)
