"""Containers with labels of SELinux that confine them less."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.mending import drop
from hullmark.checks.pod_examples import a_pod
from hullmark.checks.pod_security import STANDARDS, contexts
from hullmark.model import Evidence, Severity
from hullmark.model.kubernetes import NEWEST

_TYPES = {
    "container_t": 0,
    "container_init_t": 0,
    "container_kvm_t": 0,
    "container_engine_t": 31,
}
"""Types of containers, each with the minor version of Kubernetes that accepts it first."""


@pod_check(
    id="custom-selinux-options",
    needs=("seLinuxOptions",),
    title="SELinux label is not one of containers",
    severity=Severity.MEDIUM,
    bad=(
        a_pod("securityContext: {seLinuxOptions: {type: spc_t}}"),
        a_pod(
            spec="securityContext: {seLinuxOptions: {user: system_u, role: system_r}}",
            kind="Deployment",
        ),
    ),
    good=(
        a_pod("securityContext: {seLinuxOptions: {type: container_t, level: 's0:c123,c456'}}"),
        a_pod("securityContext: {seLinuxOptions: {type: container_engine_t}}"),
        a_pod(),
    ),
    remediation="Remove user, role and type, or use a type of containers such as container_t.",
    references=(STANDARDS,),
    mend=drop(
        prune=1,
        says="remove the label",
        breaks="gives the container the label of all others",
        risky=True,
    ),
)
def custom_selinux_options(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Labels other than those of containers reach the files of the node.

    The type spc_t is bound by no rules at all.
    """
    for each in contexts(pod):
        options = each.body.map("seLinuxOptions")
        for key in ("type", "user", "role"):
            value = options.text(key)
            if value and not (key == "type" and _TYPES.get(value, NEWEST + 1) <= pod.version):
                says = f"{each.who} has the SELinux {key} {value}"
                yield subject.tell(f"{each.at}.seLinuxOptions.{key}", says, options.line_of(key))
