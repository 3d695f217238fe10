"""Devices in layers."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import marked, sound
from hullmark.checks.image_facts import each_of, short
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image


@image_check(
    id="device-file",
    title="Device in a layer",
    severity=Severity.MEDIUM,
    remediation="Leave devices out of the image: the runtime makes those that a container needs.",
    references=(
        "https://github.com/opencontainers/runtime-spec/blob/main/config-linux.md#default-devices",
    ),
    bad=lambda: (marked("dev/sda", 0o660, kind="device"), marked("srv/null", 0o666, kind="device")),
    good=lambda: (sound(), marked("srv/null", 0o666), marked("dev/null", 0o666, kind="device")),
)
def device_file(image: Image) -> Iterator[Evidence]:
    """A disk's or the memory's device reaches past the container wherever it may be opened.

    Tools that unpack layers as root make it on the node.
    """
    paths = [
        entry.path
        for entry in image.entries
        if entry.kind in DEVICES and entry.path not in HARMLESS
    ]
    yield from each_of(image, paths, lambda path: f"{short(path)} is a device", "devices")


DEVICES = frozenset(("device", "3", "4"))

HARMLESS = frozenset(
    f"dev/{name}"
    for name in ("console", "full", "null", "ptmx", "random", "tty", "urandom", "zero")
)
"""Devices that every runtime makes in every container."""
