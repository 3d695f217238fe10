"""Services with devices of the host."""

from collections.abc import Iterator

from hullmark.checks.compose_facts import devices_of
from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity

HARMLESS = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom", "/dev/full", "/dev/tty:")

_BAD_1 = """\
services:
  radio:
    image: registry.example/radio:2.4
    devices: ["/dev/ttyUSB0:/dev/ttyUSB0"]
"""
_BAD_2 = """\
services:
  vm:
    image: registry.example/vm:2.4
    devices: [/dev/kvm]
"""
_GOOD = """\
services:
  radio:
    image: registry.example/radio:2.4
    devices: [/dev/null, "nvidia.com/gpu=all", "${DEVICE}:/dev/x"]
"""


@compose_check(
    id="host-device-service",
    title="Service has a device of the host",
    severity=Severity.LOW,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Drop it, or allow no more than is needed (/dev/x:/dev/x:r).",
    references=("https://docs.docker.com/reference/compose-file/services/#devices",),
)
def host_device_service(compose: Compose) -> Iterator[Evidence]:
    """Whoever breaks into it reaches the device's driver in the kernel, and drivers have flaws."""
    for each in compose.services():
        for path, line, at in devices_of(each):
            if path.startswith("/dev/") and not path.startswith(HARMLESS):
                yield each.tell(at, f"the device {short(path)} is passed through", line)
