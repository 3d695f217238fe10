"""Services that share the host's processes."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_mends import NO_MORE_OF_THE_HOST
from hullmark.checks.compose_namespaces import bad, good, shared
from hullmark.checks.declare_config import compose_check
from hullmark.model import Evidence, Severity


@compose_check(
    id="host-pid-service",
    title="Service shares the host's processes",
    severity=Severity.HIGH,
    bad=bad("pid"),
    good=good("pid"),
    remediation="Remove pid: host.",
    references=("https://docs.docker.com/reference/compose-file/services/#pid",),
    mend=NO_MORE_OF_THE_HOST,
)
def host_pid_service(compose: Compose) -> Iterator[Evidence]:
    """It sees every process of the host and what each was started with.

    As root it may trace or kill them.
    """
    return shared(compose, "pid")
