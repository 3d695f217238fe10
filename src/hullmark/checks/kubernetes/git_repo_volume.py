"""Volumes that the kubelet clones from Git."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.pod_examples import with_volume
from hullmark.checks.pod_security import VOLUMES
from hullmark.model import Evidence, Severity
from hullmark.model.placed import Map


@pod_check(
    id="git-repo-volume",
    needs=("gitRepo",),
    title="Volume is cloned by the kubelet from Git",
    severity=Severity.HIGH,
    bad=(with_volume("gitRepo: {repository: 'https://git.example/team/site.git'}"),),
    good=(
        with_volume("emptyDir: {}"),
        with_volume("configMap: {name: site}"),
        with_volume("gitRepo:"),
    ),
    remediation="Clone in an init container into an emptyDir, or put the files into the image.",
    references=(
        VOLUMES + "#gitrepo",
        "https://nvd.nist.gov/vuln/detail/CVE-2024-10220",
    ),
)
def git_repo_volume(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """The kubelet runs Git as root of the node, and with it hooks of the repository.

    Who chose the repository ran code on the node that way (CVE-2024-10220); the volume type is
    withdrawn.
    """
    for body, at in pod.volumes():
        source = body.get("gitRepo")
        if isinstance(source, Map):
            says = f"volume {body.text('name')!r} is cloned from {source.text('repository')!r}"
            yield subject.tell(f"{at}.gitRepo", says, body.line_of("gitRepo"))
