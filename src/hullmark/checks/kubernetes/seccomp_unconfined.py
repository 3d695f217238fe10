"""Containers that may make any system call."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.mending import put
from hullmark.checks.pod_examples import a_pod
from hullmark.checks.pod_security import SECCOMP, STANDARDS, contexts
from hullmark.model import Evidence, Severity


@pod_check(
    id="seccomp-unconfined",
    needs=("seccompProfile",),
    title="Seccomp profile is unconfined",
    severity=Severity.MEDIUM,
    bad=(
        a_pod("securityContext: {seccompProfile: {type: Unconfined}}"),
        a_pod(spec="securityContext: {seccompProfile: {type: Unconfined}}", kind="Deployment"),
    ),
    good=(
        a_pod("securityContext: {seccompProfile: {type: RuntimeDefault}}"),
        a_pod("securityContext: {seccompProfile: {type: Localhost, localhostProfile: web.json}}"),
        a_pod(),
    ),
    remediation="Set the type to RuntimeDefault, or to Localhost with a profile of your own.",
    references=(
        STANDARDS,
        "https://kubernetes.io/docs/tutorials/security/seccomp/",
    ),
    mend=put(
        value="RuntimeDefault",
        says="set the profile of the runtime",
        breaks="refuses system calls that the program may need",
        risky=True,
    ),
)
def seccomp_unconfined(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Exploits of the kernel need system calls that programs never make: all are open here.

    The profile of the runtime refuses most of them.
    """
    for each in contexts(pod):
        profile = each.body.map("seccompProfile")
        type = profile.text("type")
        if type and type not in SECCOMP:
            says = f"{each.who} has the seccomp profile {type}"
            yield subject.tell(f"{each.at}.seccompProfile.type", says, profile.line_of("type"))
