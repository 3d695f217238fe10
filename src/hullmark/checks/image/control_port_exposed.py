"""Ports by which container engines and clusters are ruled."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import sound
from hullmark.checks.image_facts import ports_among
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image

PORTS = {
    2375: "the Docker API without TLS",
    2376: "the Docker API",
    2377: "Swarm's managers",
    2379: "etcd",
    2380: "etcd's peers",
    10250: "the kubelet",
    10255: "the kubelet without authentication",
    10257: "the controller manager",
    10259: "the scheduler",
}


@image_check(
    id="control-port-exposed",
    of_build=True,
    title="Port that rules a container engine or cluster",
    severity=Severity.HIGH,
    remediation=(
        "Do not expose it, and let nobody but the control plane reach it, with client certificates."
    ),
    references=(
        "https://docs.docker.com/engine/security/protect-access/",
        "https://kubernetes.io/docs/reference/networking/ports-and-protocols/",
    ),
    bad=lambda: (sound(ports=("2375/tcp",)), sound(ports=("10250/tcp", "8080/tcp"))),
    good=lambda: (sound(), sound(ports=("2375/udp",))),
    left="who is to reach it, and by which certificates, is for people to say",
)
def control_port_exposed(image: Image) -> Iterator[Evidence]:
    """Who reaches such a port starts containers on the node, or reads secrets of the cluster.

    Docker asks nobody for a password there, and the kubelet only where it is told to.
    """
    yield from ports_among(image, PORTS)
