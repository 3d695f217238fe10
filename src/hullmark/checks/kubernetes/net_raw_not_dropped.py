"""Containers that keep the raw sockets that runtimes give to all."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.mending import append
from hullmark.checks.pod_examples import a_pod
from hullmark.checks.pod_security import ALL, CAPABILITIES, STANDARDS, added, called, dropped, plain
from hullmark.model import Evidence, Severity


@pod_check(
    id="net-raw-not-dropped",
    title="Container keeps the capability NET_RAW",
    severity=Severity.MEDIUM,
    bad=(
        a_pod(),
        a_pod("securityContext: {capabilities: {drop: [MKNOD]}}", kind="StatefulSet"),
    ),
    good=(
        a_pod("securityContext: {capabilities: {drop: [NET_RAW]}}"),
        a_pod("securityContext: {capabilities: {drop: [ALL]}}"),
        a_pod("securityContext: {capabilities: {add: [NET_RAW]}}"),
        a_pod(spec="os: {name: windows}"),
    ),
    remediation="Drop NET_RAW, or better ALL, in securityContext.capabilities.drop.",
    references=(
        STANDARDS,
        CAPABILITIES,
    ),
    mend=append(
        value="NET_RAW", says="drop NET_RAW", breaks="keeps ping and other raw sockets from working"
    ),
)
def net_raw_not_dropped(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Whoever breaks into it may forge packets and pretend to be another pod.

    Docker and containerd give NET_RAW wherever nobody drops it.
    """
    if pod.is_windows:
        return
    given = {each.at for each, name, *_ in added(pod) if plain(name) in {ALL, "NET_RAW"}}
    for each in pod.containers():
        gone = {plain(name) for name in dropped(each)}
        if each.at not in given and not gone & {ALL, "NET_RAW"}:
            held = each.security.map("capabilities")
            yield subject.tell(
                f"{each.at}.securityContext.capabilities.drop",
                f"{called(each)} keeps the capability NET_RAW that runtimes give by default",
                held.line_of("drop"),
            )
