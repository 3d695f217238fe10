"""Containers whose user may be one of the node as well."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.pod_examples import a_pod
from hullmark.checks.pod_security import CONTEXTS, contexts, in_user_namespace
from hullmark.model import Evidence, Severity

_FIRST_OWN = 10000
"""Below it distributions number the accounts of people and services."""


@pod_check(
    id="low-user-id",
    needs=("runAsUser",),
    title="User number may be one of the node",
    severity=Severity.LOW,
    bad=(
        a_pod("securityContext: {runAsUser: 1000}"),
        a_pod(spec="securityContext: {runAsUser: 999}", kind="Deployment"),
    ),
    good=(
        a_pod("securityContext: {runAsUser: 10001}"),
        a_pod("securityContext: {runAsUser: 0}"),
        a_pod("securityContext: {runAsUser: 1000}", "hostUsers: false"),
        a_pod(),
    ),
    remediation="Set runAsUser to 10000 or above.",
    references=(CONTEXTS,),
    left="which user is for people to say",
)
def low_user_id(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Such numbers are those of users and services of the node.

    A process that gets out of the container, or that sees a folder of the node, has the rights of
    that user.
    """
    if in_user_namespace(pod):
        return
    for each in contexts(pod):
        user = each.body.number("runAsUser")
        if user is not None and 0 < user < _FIRST_OWN:
            says = f"{each.who} runs as user {user}"
            yield subject.tell(f"{each.at}.runAsUser", says, each.body.line_of("runAsUser"))
