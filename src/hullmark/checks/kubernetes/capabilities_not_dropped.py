"""Containers that keep the capabilities that runtimes give to all."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.mending import append
from hullmark.checks.pod_examples import a_pod
from hullmark.checks.pod_security import ALL, CAPABILITIES, STANDARDS, called, dropped, is_exempt
from hullmark.model import Evidence, Severity


@pod_check(
    id="capabilities-not-dropped",
    title="Container does not drop all capabilities",
    severity=Severity.LOW,
    bad=(
        a_pod(),
        a_pod("securityContext: {capabilities: {drop: [NET_RAW, MKNOD]}}", kind="Deployment"),
    ),
    good=(
        a_pod("securityContext: {capabilities: {drop: [ALL]}}"),
        a_pod(spec="os: {name: windows}"),
    ),
    remediation=(
        "Set securityContext.capabilities.drop to [ALL], and add what is needed one by one."
    ),
    references=(
        STANDARDS,
        CAPABILITIES,
    ),
    mend=append(
        value="ALL",
        says="drop all capabilities",
        breaks="takes from programs what runtimes give, as changing users",
        risky=True,
    ),
)
def capabilities_not_dropped(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Runtimes leave about a dozen capabilities that hardly any program needs.

    They widen what an exploited program may do. The restricted standard wants ALL written as such.
    """
    if is_exempt(pod):
        return
    for each in pod.containers():
        if ALL not in dropped(each):
            held = each.security.map("capabilities")
            yield subject.tell(
                f"{each.at}.securityContext.capabilities.drop",
                f"{called(each)} does not drop all capabilities",
                held.line_of("drop"),
            )
