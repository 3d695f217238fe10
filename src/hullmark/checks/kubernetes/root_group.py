"""Containers whose main group is that of root."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.pod_examples import a_pod
from hullmark.checks.pod_security import CONTEXTS, contexts, in_user_namespace
from hullmark.model import Evidence, Severity


@pod_check(
    id="root-group",
    needs=("runAsGroup",),
    title="Container runs in the group of root",
    severity=Severity.LOW,
    bad=(
        a_pod("securityContext: {runAsUser: 10001, runAsGroup: 0}"),
        a_pod(spec="securityContext: {runAsGroup: 0}", kind="Deployment"),
    ),
    good=(
        a_pod("securityContext: {runAsUser: 10001, runAsGroup: 10001}"),
        a_pod("securityContext: {runAsGroup: 0}", "hostUsers: false"),
        a_pod(),
    ),
    remediation="Set runAsGroup to the number of a group of its own.",
    references=(CONTEXTS,),
)
def root_group(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Files of root that its group may write are open to it, in the image as on volumes."""
    if in_user_namespace(pod):
        return
    for each in contexts(pod):
        if each.body.number("runAsGroup") == 0:
            says = f"{each.who} runs in group 0"
            yield subject.tell(f"{each.at}.runAsGroup", says, each.body.line_of("runAsGroup"))
