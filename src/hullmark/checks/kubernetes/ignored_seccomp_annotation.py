"""Seccomp profiles in annotations that no longer count."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.kube_mends import profile_of_annotation
from hullmark.checks.mending import by
from hullmark.checks.pod_examples import annotated
from hullmark.checks.pod_security import contexts
from hullmark.model import Evidence, Severity

_NOTES = (
    "seccomp.security.alpha.kubernetes.io/pod",
    "container.seccomp.security.alpha.kubernetes.io/",
)

_IGNORED = 27
"""The minor version from which they are."""


@pod_check(
    id="ignored-seccomp-annotation",
    needs=("annotations",),
    title="Seccomp profile is set by an annotation that is ignored",
    severity=Severity.LOW,
    bad=(
        annotated("seccomp.security.alpha.kubernetes.io/pod", "runtime/default"),
        annotated("container.seccomp.security.alpha.kubernetes.io/web", "localhost/web.json"),
    ),
    good=(
        annotated("seccomp.example/pod", "runtime/default"),
        annotated("seccomp.security.alpha.kubernetes.io/pod", "runtime/default")
        + "  securityContext: {seccompProfile: {type: RuntimeDefault}}\n",
    ),
    remediation="Set securityContext.seccompProfile instead, and remove the annotation.",
    references=("https://kubernetes.io/docs/tutorials/security/seccomp/",),
    mend=by(
        profile_of_annotation,
        says="set the field in the place of the annotation",
        breaks="puts the profile in force, which has to be on the node where it is a file",
    ),
)
def ignored_seccomp_annotation(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """The profile it names confines nothing, though the file looks as if it did.

    Kubernetes reads the field alone since 1.27.
    """
    if pod.version < _IGNORED or any("seccompProfile" in each.body for each in contexts(pod)):
        return
    notes = pod.metadata.map("annotations")
    for key in notes:
        if key.startswith(_NOTES):
            says = f"the annotation {key} is ignored"
            at = f"{pod.at.removesuffix('spec')}metadata.annotations.{key}"
            yield subject.tell(at, says, notes.line_of(key))
