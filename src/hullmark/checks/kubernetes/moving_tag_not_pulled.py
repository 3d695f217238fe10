"""Tags of channels and branches with a copy on the node that may be of long ago."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.kube_images import images
from hullmark.checks.mending import put
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: registry.example/web:latest
    imagePullPolicy: IfNotPresent
"""
_BY_DEFAULT = """\
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  template:
    spec:
      containers:
      - {name: agent, image: "registry.example/agent:stable"}
"""


@pod_check(
    id="moving-tag-not-pulled",
    title="Tag that moves, and an image that is not pulled at every start",
    severity=Severity.LOW,
    bad=(_BAD, _BY_DEFAULT),
    good=(
        _BAD.replace("IfNotPresent", "Always"),
        _BAD.replace("    imagePullPolicy: IfNotPresent\n", ""),
        _BAD.replace("latest", "1.4.2"),
    ),
    remediation="Name a version or a digest, or set imagePullPolicy to Always.",
    references=("https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy",),
    mend=put(
        value="Always",
        says="pull the image at every start",
        breaks="needs the registry at every start",
    ),
)
def moving_tag_not_pulled(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Nodes keep running the copy they once got, without the fixes that were pushed since.

    Pods of one workload run different code, by the node they are on.
    """
    for each, text, name in images(pod):
        policy = each.body.text("imagePullPolicy")
        if not name.is_moving or policy in ("Always", "Never") or (name.is_latest and not policy):
            continue
        yield subject.tell(
            f"{each.at}.imagePullPolicy",
            f"image {text!r} of container {each.name!r} is pulled only where it is not present",
            each.body.line_of("imagePullPolicy" if policy else "image"),
        )
