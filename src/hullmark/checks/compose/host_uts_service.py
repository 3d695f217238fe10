"""Services that share the host's host name."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_mends import NO_MORE_OF_THE_HOST
from hullmark.checks.compose_namespaces import bad, good, shared
from hullmark.checks.declare_config import compose_check
from hullmark.model import Evidence, Severity


@compose_check(
    id="host-uts-service",
    title="Service shares the host's host name",
    severity=Severity.LOW,
    bad=bad("uts"),
    good=good("uts"),
    remediation="Remove uts: host.",
    references=("https://docs.docker.com/reference/compose-file/services/#uts",),
    mend=NO_MORE_OF_THE_HOST,
)
def host_uts_service(compose: Compose) -> Iterator[Evidence]:
    """It may rename the host where it has the capability, and logs then tell of another machine."""
    return shared(compose, "uts")
