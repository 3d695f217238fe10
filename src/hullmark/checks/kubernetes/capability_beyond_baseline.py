"""Containers with capabilities that no runtime gives by default."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.mending import DROPPED_CAPABILITY
from hullmark.checks.pod_examples import a_pod
from hullmark.checks.pod_security import (
    CAPABILITIES,
    OF_BASELINE,
    STANDARDS,
    WITH_OWN_CHECK,
    added,
    called,
    plain,
)
from hullmark.model import Evidence, Severity


@pod_check(
    id="capability-beyond-baseline",
    needs=("add",),
    title="Container adds a capability that the baseline standard forbids",
    severity=Severity.MEDIUM,
    bad=(
        a_pod("securityContext: {capabilities: {add: [DAC_READ_SEARCH]}}"),
        a_pod("securityContext: {capabilities: {add: [SYS_TIME, CHOWN]}}", kind="StatefulSet"),
    ),
    good=(
        a_pod("securityContext: {capabilities: {add: [CHOWN, SETUID, NET_BIND_SERVICE]}}"),
        a_pod("securityContext: {capabilities: {add: [SYS_ADMIN]}}"),
    ),
    remediation=(
        "Remove the capability, or give it to a small pod of its own in a namespace that allows "
        "for it."
    ),
    references=(
        STANDARDS,
        CAPABILITIES,
    ),
    mend=DROPPED_CAPABILITY,
)
def capability_beyond_baseline(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Each takes down a part of the wall between container and node.

    They let read any file, set the clock, restart the machine or load programs into the kernel.
    """
    for container, name, at, line in added(pod):
        if name not in OF_BASELINE and plain(name) not in WITH_OWN_CHECK:
            yield subject.tell(at, f"{called(container)} adds the capability {name}", line)
