"""Volumes over folders of the system."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import sound
from hullmark.checks.image_facts import MAX_SHOWN_CHARS, normal, short
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image
from hullmark.model.phrases import shortened

FOLDERS_OF_SYSTEM = frozenset(
    (
        "",
        "bin",
        "boot",
        "dev",
        "etc",
        "lib",
        "lib64",
        "proc",
        "root",
        "run",
        "sbin",
        "sys",
        "usr",
        "usr/bin",
        "usr/lib",
        "usr/sbin",
        "var/run",
        "var/lib/docker",
        "var/lib/kubelet",
        "var/run/docker.sock",
        "run/docker.sock",
        "run/containerd/containerd.sock",
        "root/.ssh",
        "etc/ssh",
    )
)


@image_check(
    id="sensitive-volume",
    of_build=True,
    title="Volume over a folder of the system",
    severity=Severity.MEDIUM,
    remediation="Declare volumes for data alone, in folders of their own (/data, /var/lib/app).",
    references=("https://docs.docker.com/reference/dockerfile/#volume",),
    bad=lambda: (
        sound(volumes=("/etc",)),
        sound(volumes=("/var/run/docker.sock",)),
        sound(volumes=("/",)),
    ),
    good=lambda: (sound(volumes=("/data", "/var/lib/app", "/etc/app")),),
    left="where the data belong is for people to say",
)
def sensitive_volume(image: Image) -> Iterator[Evidence]:
    """A volume outlives its container: programs and settings there are never updated again.

    A runtime's socket there asks for the whole node.
    """
    for each in image.config.volumes:
        if normal(each) in FOLDERS_OF_SYSTEM:
            yield Evidence(
                at=f"Volumes {shortened(each, MAX_SHOWN_CHARS)}",
                says=f"VOLUME {short(each)} covers what belongs to the image or the node",
            )
