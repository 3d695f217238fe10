"""Containers on Windows that run as their administrator."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.mending import put
from hullmark.checks.pod_examples import a_pod
from hullmark.checks.pod_security import contexts
from hullmark.model import Evidence, Severity

_ADMINISTRATORS = frozenset({"administrator", "containeradministrator", "system"})


@pod_check(
    id="windows-container-administrator",
    needs=("windowsOptions",),
    title="Container runs as administrator of Windows",
    severity=Severity.MEDIUM,
    bad=(
        a_pod(
            "securityContext: {windowsOptions: {runAsUserName: ContainerAdministrator}}",
            "os: {name: windows}",
        ),
        a_pod(
            spec="securityContext: {windowsOptions: {runAsUserName: 'NT AUTHORITY\\SYSTEM'}}",
            kind="Deployment",
        ),
    ),
    good=(
        a_pod(
            "securityContext: {windowsOptions: {runAsUserName: ContainerUser}}",
            "os: {name: windows}",
        ),
        a_pod("securityContext: {windowsOptions: {hostProcess: true, runAsUserName: SYSTEM}}"),
    ),
    remediation="Set runAsUserName to ContainerUser or to an account of your own.",
    references=(
        "https://kubernetes.io/docs/tasks/configure-pod-container/configure-runasusername/",
    ),
    mend=put(
        value="ContainerUser",
        says="run it as ContainerUser",
        breaks="takes the rights of an administrator away",
        risky=True,
    ),
)
def windows_container_administrator(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Whoever breaks in may change all of it, and attack the shared kernel with more rights."""
    for each in contexts(pod):
        options = each.body.map("windowsOptions")
        user = options.text("runAsUserName")
        name = user.rpartition("\\")[2].lower()
        if name in _ADMINISTRATORS and not options.flag("hostProcess"):
            at = f"{each.at}.windowsOptions.runAsUserName"
            yield subject.tell(at, f"{each.who} runs as {user}", options.line_of("runAsUserName"))
