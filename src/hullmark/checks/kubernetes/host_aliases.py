"""Pods that name hosts past the name service."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.pod_examples import a_pod
from hullmark.model import Evidence, Severity
from hullmark.model.placed import Map


@pod_check(
    id="host-aliases",
    needs=("hostAliases",),
    title="Pod adds names to its hosts file",
    severity=Severity.LOW,
    bad=(
        a_pod(spec="hostAliases:\n- {ip: 10.0.0.7, hostnames: [api.internal]}"),
        a_pod(spec="hostAliases:\n- {ip: 10.0.0.7, hostnames: [api.internal]}", kind="Deployment"),
    ),
    good=(
        a_pod(spec="hostAliases: []"),
        a_pod(),
    ),
    remediation=(
        "Remove hostAliases, and name the address by a service or in the name service of the "
        "cluster."
    ),
    references=("https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/",),
)
def host_aliases(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Who can change the manifest leads its connections elsewhere, unseen by name servers.

    An address that changes is an outage.
    """
    for index, each in enumerate(pod.spec.items_of("hostAliases")):
        if isinstance(each, Map):
            names = ", ".join(each.texts("hostnames")) or "names"
            says = f"the pod resolves {names} to {each.text('ip')}"
            yield subject.tell(f"{pod.at}.hostAliases[{index}]", says, each.line)
