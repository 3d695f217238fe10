"""Containers that see all of /proc."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.mending import drop
from hullmark.checks.pod_examples import a_pod
from hullmark.checks.pod_security import STANDARDS, called, is_relaxed
from hullmark.model import Evidence, Severity


@pod_check(
    id="unmasked-proc-mount",
    needs=("procMount",),
    title="Container mounts /proc unmasked",
    severity=Severity.HIGH,
    bad=(
        a_pod("securityContext: {procMount: Unmasked}"),
        a_pod("securityContext: {procMount: Unmasked}", "hostUsers: true", kind="Deployment"),
    ),
    good=(
        a_pod("securityContext: {procMount: Default}"),
        a_pod("securityContext: {procMount: Unmasked}", "hostUsers: false"),
        a_pod(),
    ),
    remediation=(
        "Remove procMount, or give the pod a user namespace of its own by hostUsers: false."
    ),
    references=(STANDARDS,),
    mend=drop(says="remove it", breaks="hides parts of /proc", risky=True),
)
def unmasked_proc_mount(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Root of the container reaches those files of /proc that show and change the kernel.

    Runtimes hide them, as kcore and sysrq-trigger.
    """
    if is_relaxed(pod):
        return
    for each in pod.containers():
        mount = each.security.text("procMount")
        if mount not in {"", "Default"}:
            yield subject.tell(
                f"{each.at}.securityContext.procMount",
                f"{called(each)} mounts /proc as {mount}",
                each.security.line_of("procMount"),
            )
