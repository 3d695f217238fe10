"""Images of whichever registry the node takes for granted."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.kube_images import images
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - {name: web, image: "nginx:1.27.3"}
  - {name: log, image: "team/log:2.0.1"}
"""


@pod_check(
    id="image-registry-unnamed",
    title="Image names no registry",
    severity=Severity.LOW,
    bad=(_BAD,),
    good=(
        _BAD.replace("nginx", "docker.io/library/nginx").replace("team", "registry:5000/team"),
        _BAD.replace("nginx", "localhost/nginx").replace("team/log:2.0.1", "$IMAGE"),
    ),
    remediation="Write the registry in front: docker.io/library/nginx, or that of a mirror.",
    references=("https://kubernetes.io/docs/concepts/containers/images/#image-names",),
)
def image_registry_unnamed(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """The node fills in Docker Hub or another registry, where others may own the same name.

    Policies that allow certain registries do not see which one it is.
    """
    for each, text, name in images(pod):
        if not name.host and name.repository:
            yield subject.tell(
                f"{each.at}.image",
                f"image {text!r} of container {each.name!r} names no registry",
                each.body.line_of("image"),
            )
