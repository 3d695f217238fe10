"""Services that share the host's user namespace."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_mends import NO_MORE_OF_THE_HOST
from hullmark.checks.compose_namespaces import bad, good, shared
from hullmark.checks.declare_config import compose_check
from hullmark.model import Evidence, Severity


@compose_check(
    id="host-user-namespace-service",
    title="Service shares the host's user namespace",
    severity=Severity.MEDIUM,
    bad=bad("userns_mode"),
    good=good("userns_mode"),
    remediation="Remove userns_mode: host.",
    references=("https://docs.docker.com/reference/compose-file/services/#userns_mode",),
    mend=NO_MORE_OF_THE_HOST,
)
def host_user_namespace_service(compose: Compose) -> Iterator[Evidence]:
    """Root in it is root of the host again, though the engine was told to keep them apart."""
    return shared(compose, "userns_mode")
