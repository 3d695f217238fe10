"""Services with a capability that leads out of the container."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.checks.mending import DROPPED_CAPABILITY
from hullmark.model import Evidence, Severity

CAPABILITIES = frozenset(
    """
    BPF CHECKPOINT_RESTORE DAC_READ_SEARCH LINUX_IMMUTABLE MAC_ADMIN MAC_OVERRIDE PERFMON SYS_ADMIN
    SYS_BOOT SYS_MODULE SYS_PTRACE SYS_RAWIO SYSLOG SYS_TIME
    """.split()  # noqa: SIM905 - a list of so many words reads as text
)
"""Capabilities that reach past the container."""

_BAD_1 = """\
services:
  web:
    image: registry.example/web:2.4
    cap_add:
      - SYS_ADMIN
      - CAP_SYS_PTRACE
"""
_BAD_2 = """\
services:
  web:
    image: registry.example/web:2.4
    cap_add: ["${EXTRA:-sys_module}"]
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    cap_add: [NET_BIND_SERVICE, "${EXTRA}"]
    cap_drop: [SYS_ADMIN]
"""


@compose_check(
    id="dangerous-capability-service",
    title="Service has a capability that breaks isolation",
    severity=Severity.HIGH,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Remove it; where a program needs it, run that program on the host.",
    references=(
        "https://docs.docker.com/reference/compose-file/services/#cap_add",
        "https://man7.org/linux/man-pages/man7/capabilities.7.html",
    ),
    mend=DROPPED_CAPABILITY,
)
def dangerous_capability_service(compose: Compose) -> Iterator[Evidence]:
    """With one of these, root in the container reads or changes the host.

    Its memory, modules, disks or processes.
    """
    for each in compose.services():
        for text, line, at in each.entries("cap_add"):
            name = text.upper().removeprefix("CAP_")
            if name in CAPABILITIES:
                yield each.tell(at, f"it is given the capability {name}", line)
