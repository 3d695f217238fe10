"""Containers that are told to run as root."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.pod_examples import a_pod
from hullmark.checks.pod_security import CONTEXTS, STANDARDS, contexts, is_relaxed
from hullmark.model import Evidence, Severity


@pod_check(
    id="run-as-root-user",
    needs=("runAsUser",),
    title="Container is told to run as root",
    severity=Severity.MEDIUM,
    bad=(
        a_pod("securityContext: {runAsUser: 0}"),
        a_pod(spec="securityContext: {runAsUser: 0}", kind="Deployment"),
    ),
    good=(
        a_pod("securityContext: {runAsUser: 10001}"),
        a_pod("securityContext: {runAsUser: 0}", "hostUsers: false"),
        a_pod(),
    ),
    remediation=(
        "Set runAsUser to the number of a user of its own, and give that user the files it needs."
    ),
    references=(
        STANDARDS,
        CONTEXTS,
    ),
    left="which user is for people to say",
)
def run_as_root_user(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """It is root of the node as soon as there is a way out of the container.

    A volume, a capability or a fault of the kernel is such a way.
    """
    if is_relaxed(pod):
        return
    for each in contexts(pod):
        if each.body.number("runAsUser") == 0:
            says = f"{each.who} runs as user 0"
            yield subject.tell(f"{each.at}.runAsUser", says, each.body.line_of("runAsUser"))
