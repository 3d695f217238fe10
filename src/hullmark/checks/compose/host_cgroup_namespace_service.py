"""Services that share the host's cgroup namespace."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_mends import NO_MORE_OF_THE_HOST
from hullmark.checks.compose_namespaces import bad, good, shared
from hullmark.checks.declare_config import compose_check
from hullmark.model import Evidence, Severity


@compose_check(
    id="host-cgroup-namespace-service",
    title="Service shares the host's cgroup namespace",
    severity=Severity.MEDIUM,
    bad=bad("cgroup"),
    good=good("cgroup"),
    remediation="Remove cgroup: host.",
    references=("https://docs.docker.com/reference/compose-file/services/#cgroup",),
    mend=NO_MORE_OF_THE_HOST,
)
def host_cgroup_namespace_service(compose: Compose) -> Iterator[Evidence]:
    """It sees the control groups of all containers.

    With a writable mount of them it may leave its own.
    """
    return shared(compose, "cgroup")
