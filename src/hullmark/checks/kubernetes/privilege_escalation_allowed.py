"""Containers whose processes may gain more rights than they began with."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.kube_mends import no_escalation
from hullmark.checks.mending import by
from hullmark.checks.pod_examples import a_pod
from hullmark.checks.pod_security import CONTEXTS, STANDARDS, called, is_exempt
from hullmark.model import Evidence, Severity


@pod_check(
    id="privilege-escalation-allowed",
    title="Privilege escalation is not forbidden",
    severity=Severity.MEDIUM,
    bad=(
        a_pod(),
        a_pod("securityContext: {allowPrivilegeEscalation: true}", kind="Deployment"),
    ),
    good=(
        a_pod("securityContext: {allowPrivilegeEscalation: false}"),
        a_pod(spec="os: {name: windows}"),
    ),
    remediation="Set securityContext.allowPrivilegeEscalation to false in every container.",
    references=(
        STANDARDS,
        CONTEXTS,
    ),
    mend=by(
        no_escalation, says="forbid it", breaks="keeps setuid programs as sudo from gaining rights"
    ),
)
def privilege_escalation_allowed(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Programs with the setuid bit make root of whoever breaks in as a plain user.

    Kubernetes allows that where nothing is said.
    """
    if is_exempt(pod):
        return
    for each in pod.containers():
        allows = each.security.flag("allowPrivilegeEscalation")
        if allows is not False:
            how = (
                "allows privilege escalation" if allows else "does not forbid privilege escalation"
            )
            yield subject.tell(
                f"{each.at}.securityContext.allowPrivilegeEscalation",
                f"{called(each)} {how}",
                each.security.line_of("allowPrivilegeEscalation"),
            )
