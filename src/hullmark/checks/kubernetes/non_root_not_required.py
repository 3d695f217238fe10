"""Containers that may run as root."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.kube_mends import non_root
from hullmark.checks.mending import by
from hullmark.checks.pod_examples import a_pod
from hullmark.checks.pod_security import CONTEXTS, STANDARDS, contexts, is_relaxed
from hullmark.model import Evidence, Severity


@pod_check(
    id="non-root-not-required",
    title="Container is not required to run as another user than root",
    severity=Severity.MEDIUM,
    bad=(
        a_pod(),
        a_pod(spec="securityContext: {runAsNonRoot: false}", kind="Deployment"),
        a_pod("securityContext: {runAsNonRoot: false}", "securityContext: {runAsNonRoot: true}"),
    ),
    good=(
        a_pod(spec="securityContext: {runAsNonRoot: true}"),
        a_pod("securityContext: {runAsNonRoot: true}"),
        a_pod(spec="hostUsers: false"),
    ),
    remediation=(
        "Set runAsNonRoot to true for the pod or every container, and build images that name a "
        "user by number."
    ),
    references=(
        STANDARDS,
        CONTEXTS,
    ),
    mend=by(
        non_root,
        says="require another user than root",
        breaks="keeps images that run as root from starting",
        risky=True,
    ),
)
def non_root_not_required(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Without it the image decides, and one that names no user runs as root.

    That is root of the node as soon as there is a way out of the container.
    """
    if is_relaxed(pod):
        return
    first, *others = contexts(pod)
    of_pod = first.body.flag("runAsNonRoot")
    for each in (first, *others):
        own = each.body.flag("runAsNonRoot")
        is_left_open = own is None and of_pod is None and each is not first
        if own is False or is_left_open:
            how = "is not required to run as non-root" if is_left_open else "may run as root"
            says = f"{each.who} {how}"
            yield subject.tell(f"{each.at}.runAsNonRoot", says, each.body.line_of("runAsNonRoot"))
