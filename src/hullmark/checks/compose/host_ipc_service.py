"""Services that share the host's shared memory."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_mends import NO_MORE_OF_THE_HOST
from hullmark.checks.compose_namespaces import bad, good, shared
from hullmark.checks.declare_config import compose_check
from hullmark.model import Evidence, Severity


@compose_check(
    id="host-ipc-service",
    title="Service shares the host's shared memory",
    severity=Severity.HIGH,
    bad=bad("ipc"),
    good=good("ipc"),
    remediation=("Remove ipc: host, or share the memory of one service alone (ipc: service:NAME)."),
    references=("https://docs.docker.com/reference/compose-file/services/#ipc",),
    mend=NO_MORE_OF_THE_HOST,
)
def host_ipc_service(compose: Compose) -> Iterator[Evidence]:
    """It reads and changes the memory that programs of the host share with each other."""
    return shared(compose, "ipc")
