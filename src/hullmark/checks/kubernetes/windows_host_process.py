"""Containers on Windows that run as processes of the node."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.mending import put
from hullmark.checks.pod_examples import a_pod
from hullmark.checks.pod_security import STANDARDS, contexts
from hullmark.model import Evidence, Severity


@pod_check(
    id="windows-host-process",
    needs=("windowsOptions",),
    title="Container is a process of the Windows node",
    severity=Severity.CRITICAL,
    bad=(
        a_pod("securityContext: {windowsOptions: {hostProcess: true}}", "os: {name: windows}"),
        a_pod(
            spec="hostNetwork: true\nsecurityContext: {windowsOptions: {hostProcess: true}}",
            kind="DaemonSet",
        ),
    ),
    good=(
        a_pod("securityContext: {windowsOptions: {hostProcess: false}}"),
        a_pod(spec="os: {name: windows}"),
    ),
    remediation=(
        "Remove hostProcess, and keep such containers to the namespaces of the cluster itself."
    ),
    references=(
        STANDARDS,
        "https://kubernetes.io/docs/tasks/configure-pod-container/create-hostprocess-pod/",
    ),
    mend=put(
        value=False,
        says="run it in a container of its own",
        breaks="shuts it out of the node",
        risky=True,
    ),
)
def windows_host_process(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Nothing separates it from the node: whoever breaks into it has files and network.

    Mostly it has the rights of the system account as well.
    """
    for each in contexts(pod):
        options = each.body.map("windowsOptions")
        if options.flag("hostProcess"):
            says = f"{each.who} runs as a process of the node"
            at = f"{each.at}.windowsOptions.hostProcess"
            yield subject.tell(at, says, options.line_of("hostProcess"))
