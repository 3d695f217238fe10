"""Images that somebody has to place on the nodes."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.mending import put
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: registry.example/web:1.4.2
    imagePullPolicy: Never
"""


@pod_check(
    id="image-pull-policy-never",
    needs=("imagePullPolicy",),
    title="Image is never pulled",
    severity=Severity.LOW,
    bad=(_BAD,),
    good=(_BAD.replace("Never", "Always"), _BAD.replace("    imagePullPolicy: Never\n", "")),
    remediation="Push the image to a registry, and leave imagePullPolicy out or set it to Always.",
    references=("https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy",),
    mend=put(
        value="IfNotPresent",
        says="let the node pull the image",
        breaks="pulls an image that may be meant to come otherwise",
        risky=True,
    ),
)
def image_pull_policy_never(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """What runs is whatever lies on the node by that name: no registry vouches for it.

    The pod does not start on a node that lacks it.
    """
    for each in pod.containers():
        if each.body.text("imagePullPolicy") == "Never":
            yield subject.tell(
                f"{each.at}.imagePullPolicy",
                f"container {each.name!r} has the pull policy Never",
                each.body.line_of("imagePullPolicy"),
            )
