"""Images that are whatever was pushed last."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.kube_images import LATEST, images
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: registry.example:5000/web:latest
"""
_MISSING = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      initContainers:
      - {name: init, image: "registry.example:5000/init"}
"""


@pod_check(
    id="image-tag-latest",
    title="Image has the tag latest, or none",
    severity=Severity.MEDIUM,
    bad=(_BAD, _MISSING),
    good=(
        _BAD.replace("latest", "1.4.2"),
        _BAD.replace(":latest", "@sha256:" + 64 * "a"),
        _BAD.replace("registry.example:5000/web:latest", "$(IMAGE)"),
    ),
    remediation="Name a version, or better the digest of what was tested.",
    references=("https://kubernetes.io/docs/concepts/configuration/overview/#container-images",),
    left="which version is for people to say",
)
def image_tag_latest(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Every start may bring other code, which nobody tested or scanned, and none can go back to.

    Whoever can push to the repository has their code run at the next restart of a pod.
    """
    for each, text, name in images(pod):
        if name.is_latest:
            has = f"the tag {LATEST}" if name.tag else f"no tag, which means {LATEST}"
            yield subject.tell(
                f"{each.at}.image",
                f"image {text!r} of container {each.name!r} has {has}",
                each.body.line_of("image"),
            )
