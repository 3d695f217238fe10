"""Containers that add capabilities where one alone is accepted."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.mending import DROPPED_CAPABILITY
from hullmark.checks.pod_examples import a_pod
from hullmark.checks.pod_security import (
    CAPABILITIES,
    OF_BASELINE,
    OF_RESTRICTED,
    STANDARDS,
    added,
    called,
    is_exempt,
)
from hullmark.model import Evidence, Severity


@pod_check(
    id="capability-beyond-restricted",
    needs=("add",),
    title="Container adds a capability that the restricted standard forbids",
    severity=Severity.LOW,
    bad=(
        a_pod("securityContext: {capabilities: {drop: [ALL], add: [CHOWN, NET_BIND_SERVICE]}}"),
        a_pod("securityContext: {capabilities: {add: [SETUID, SETGID]}}", kind="Deployment"),
    ),
    good=(
        a_pod("securityContext: {capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}}"),
        a_pod("securityContext: {capabilities: {add: [SYS_TIME]}}"),
    ),
    remediation=(
        "Start the program as the user it runs as, with files that user owns, and add "
        "NET_BIND_SERVICE at most."
    ),
    references=(
        STANDARDS,
        CAPABILITIES,
    ),
    mend=DROPPED_CAPABILITY,
)
def capability_beyond_restricted(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """They help whoever breaks in to change owners, users and files of the container.

    Programs that start as their own user need none of them.
    """
    if is_exempt(pod):
        return
    for container, name, at, line in added(pod):
        if name in OF_BASELINE and name != OF_RESTRICTED:
            yield subject.tell(at, f"{called(container)} adds the capability {name}", line)
