"""Containers that see all of /proc, in a user namespace."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.mending import drop
from hullmark.checks.pod_examples import a_pod
from hullmark.checks.pod_security import STANDARDS, called, is_relaxed
from hullmark.model import Evidence, Severity


@pod_check(
    id="unmasked-proc-mount-in-user-namespace",
    needs=("procMount",),
    title="Container in a user namespace mounts /proc unmasked",
    severity=Severity.LOW,
    bad=(a_pod("securityContext: {procMount: Unmasked}", "hostUsers: false"),),
    good=(
        a_pod("securityContext: {procMount: Default}", "hostUsers: false"),
        a_pod("securityContext: {procMount: Unmasked}"),
    ),
    remediation="Remove procMount unless the pod runs containers of its own.",
    references=(STANDARDS,),
    mend=drop(says="remove it", breaks="hides parts of /proc", risky=True),
)
def unmasked_proc_mount_in_user_namespace(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """What the files of /proc tell of the kernel of the node is in sight.

    Its root is nobody on the node: the baseline standard accepts it since 1.35, the restricted one
    does not.
    """
    if not is_relaxed(pod):
        return
    for each in pod.containers():
        mount = each.security.text("procMount")
        if mount not in {"", "Default"}:
            yield subject.tell(
                f"{each.at}.securityContext.procMount",
                f"{called(each)} mounts /proc as {mount}",
                each.security.line_of("procMount"),
            )
