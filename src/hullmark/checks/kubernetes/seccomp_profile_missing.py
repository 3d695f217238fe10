"""Containers without a seccomp profile."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.mending import put
from hullmark.checks.pod_examples import a_pod
from hullmark.checks.pod_security import STANDARDS, called, is_exempt
from hullmark.model import Evidence, Severity
from hullmark.model.placed import Map


@pod_check(
    id="seccomp-profile-missing",
    title="No seccomp profile is set",
    severity=Severity.MEDIUM,
    bad=(
        a_pod(),
        a_pod(spec="securityContext: {runAsNonRoot: true}", kind="Deployment"),
    ),
    good=(
        a_pod(spec="securityContext: {seccompProfile: {type: RuntimeDefault}}"),
        a_pod("securityContext: {seccompProfile: {type: Localhost, localhostProfile: web.json}}"),
        a_pod(spec="os: {name: windows}"),
        a_pod(spec="securityContext: {seccompProfile: {type: Unconfined}}"),
    ),
    remediation="Set securityContext.seccompProfile.type to RuntimeDefault for the pod.",
    references=(
        STANDARDS,
        "https://kubernetes.io/docs/tutorials/security/seccomp/",
    ),
    mend=put(
        "type",
        value="RuntimeDefault",
        says="set the profile of the runtime",
        breaks="refuses the system calls that container engines refuse by default",
    ),
)
def seccomp_profile_missing(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Whoever breaks in may make every system call that an exploit of the kernel needs.

    Kubelets confine nothing by default unless they are set up to do so.
    """
    if is_exempt(pod) or isinstance(pod.security.get("seccompProfile"), Map):
        return
    for each in pod.containers():
        if not isinstance(each.security.get("seccompProfile"), Map):
            yield subject.tell(
                f"{each.at}.securityContext.seccompProfile",
                f"{called(each)} has no seccomp profile",
                each.security.line_of("seccompProfile"),
            )
