"""Services with disks or memory of the host."""

from collections.abc import Iterator

from hullmark.checks.compose_facts import devices_of
from hullmark.checks.compose_file import Compose, driver_options
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity
from hullmark.model.later import regex

_raw = regex(
    r"/dev/?(?:(?:sd|hd|vd|xvd)[a-z]+[0-9]*|nvme[0-9]+(?:n.*)?|mmcblk[0-9].*|md[0-9]+|dm-[0-9]+"
    r"|mapper(?:/.*)?|disk(?:/.*)?|loop.*|mem|kmem|port|core)?\Z"
).match

_BAD_1 = """\
services:
  disk:
    image: registry.example/disk:2.4
    devices:
      - /dev/sda:/dev/sda:rwm
"""
_BAD_2 = """\
services:
  disk:
    image: registry.example/disk:2.4
    devices:
      - {source: /dev/mem, target: /dev/mem}
    device_cgroup_rules: ["a *:* rwm"]
"""
_BAD_3 = """\
services:
  disk:
    image: registry.example/disk:2.4
    volumes: [data:/data]
volumes:
  data:
    driver: local
    driver_opts: {type: ext4, device: /dev/sda1}
"""
_GOOD = """\
services:
  disk:
    image: registry.example/disk:2.4
    devices: [/dev/dri:/dev/dri, /dev/ttyUSB0]
    device_cgroup_rules: ["c 188:* rw"]
volumes:
  data:
    driver_opts: {type: tmpfs, device: tmpfs}
"""


@compose_check(
    id="raw-device-service",
    title="Service has a disk or the memory of the host",
    severity=Severity.CRITICAL,
    bad=(
        _BAD_1,
        _BAD_2,
        _BAD_3,
    ),
    good=(_GOOD,),
    remediation="Mount the files that are needed; read disks by a program of the host.",
    references=("https://docs.docker.com/reference/compose-file/services/#devices",),
)
def raw_device_service(compose: Compose) -> Iterator[Evidence]:
    """Below all files and permissions it reads and changes what is on the disk or in memory."""
    for each in compose.services():
        for path, line, at in devices_of(each):
            if _raw(path):
                yield each.tell(at, f"the device {short(path)} is passed through", line)
        for text, line, at in each.entries("device_cgroup_rules"):
            if text.split()[:2] in (["a", "*:*"], ["b", "*:*"]):
                yield each.tell(at, f"the rule {short(text)} allows all disks", line)
    for name, volume in compose.top("volumes"):
        device = driver_options(volume).get("device", "")
        if _raw(device):
            line = volume.map("driver_opts").line_of("device")
            says = f"the volume {short(name)} is the device {short(device)}"
            yield compose.tell(f"volumes.{name}.driver_opts.device", says, line)
