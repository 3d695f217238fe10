"""Containers that can change the files of their image."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.mending import put
from hullmark.checks.pod_examples import a_pod
from hullmark.checks.pod_security import CONTEXTS, called
from hullmark.model import Evidence, Severity


@pod_check(
    id="writable-root-filesystem",
    title="Root file system is writable",
    severity=Severity.LOW,
    bad=(
        a_pod(),
        a_pod("securityContext: {readOnlyRootFilesystem: false}", kind="Deployment"),
    ),
    good=(
        a_pod("securityContext: {readOnlyRootFilesystem: true}"),
        a_pod(spec="os: {name: windows}"),
    ),
    remediation=(
        "Set securityContext.readOnlyRootFilesystem to true, and mount an emptyDir where the "
        "program must write."
    ),
    references=(CONTEXTS,),
    mend=put(
        value=True,
        says="make the root file system read-only",
        breaks="breaks programs that write to their own file system",
        risky=True,
    ),
)
def writable_root_filesystem(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Whoever breaks in can change programs and leave tools of their own."""
    if pod.is_windows:
        return
    for each in pod.containers("containers", "initContainers"):
        if not each.security.flag("readOnlyRootFilesystem"):
            yield subject.tell(
                f"{each.at}.securityContext.readOnlyRootFilesystem",
                f"{called(each)} can write to its root file system",
                each.security.line_of("readOnlyRootFilesystem"),
            )
