"""Pods that belong to the group of root besides their own."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.mending import drop
from hullmark.checks.pod_examples import a_pod
from hullmark.checks.pod_security import CONTEXTS, in_user_namespace
from hullmark.model import Evidence, Severity


@pod_check(
    id="root-supplemental-group",
    needs=("supplementalGroups",),
    title="Pod is a member of the group of root",
    severity=Severity.LOW,
    bad=(
        a_pod(spec="securityContext: {supplementalGroups: [2000, 0]}"),
        a_pod(spec="securityContext: {supplementalGroups: [0]}", kind="StatefulSet"),
    ),
    good=(
        a_pod(spec="securityContext: {fsGroup: 10001, supplementalGroups: [2000]}"),
        a_pod(spec="hostUsers: false\nsecurityContext: {supplementalGroups: [0]}"),
        a_pod(),
    ),
    remediation="Remove 0 from supplementalGroups, and use a group of its own.",
    references=(CONTEXTS,),
    mend=drop(
        prune=1,
        says="remove the group",
        breaks="takes access to files of that group away",
        risky=True,
    ),
)
def root_supplemental_group(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """What is open to the group of root is open to every process of the pod.

    That holds for images as for volumes of the node, whatever user it runs as.
    """
    if in_user_namespace(pod):
        return
    context, at = pod.security, f"{pod.at}.securityContext"
    groups = context.items_of("supplementalGroups")
    for index, group in enumerate(groups):
        if group == 0 and group is not False:
            says = "the pod is a member of group 0"
            yield subject.tell(f"{at}.supplementalGroups[{index}]", says, groups.line_of(index))
