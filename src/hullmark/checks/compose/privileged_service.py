"""Services with all that the host's root may do."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_mends import NO_MORE_OF_THE_HOST
from hullmark.checks.declare_config import compose_check
from hullmark.model import Evidence, Severity


@compose_check(
    id="privileged-service",
    title="Service is privileged",
    severity=Severity.CRITICAL,
    bad=("services:\n  web:\n    image: a\n    privileged: true\n",),
    good=("services:\n  web:\n    image: a\n    privileged: false\n", "services: {}\n"),
    remediation="Remove privileged, and add the capabilities that are needed one by one.",
    references=("https://docs.docker.com/reference/compose-file/services/#privileged",),
    mend=NO_MORE_OF_THE_HOST,
)
def privileged_service(compose: Compose) -> Iterator[Evidence]:
    """It has every capability and every device: whoever breaks into it is root of the host."""
    for each in compose.services():
        if each.flag("privileged"):
            yield each.tell("privileged", "it is privileged")
