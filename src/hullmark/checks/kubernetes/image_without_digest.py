"""Images that are not pinned by their digest."""

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
  - {name: web, image: "registry.example/web:1.4.2"}
"""
_GOOD = """\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: registry.example/web:1.4.2@sha256:%s
"""


@pod_check(
    id="image-without-digest",
    title="Image is not pinned by digest",
    severity=Severity.LOW,
    bad=(_BAD, _BAD.replace(":1.4.2", "")),
    good=(_GOOD % (64 * "b"), _BAD.replace("registry.example/web:1.4.2", "${IMAGE}")),
    remediation="Add the digest behind the tag: name:tag@sha256:....",
    references=("https://kubernetes.io/docs/concepts/containers/images/#image-names",),
    left="which digest is for people to say",
)
def image_without_digest(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """A tag can be moved to another image by whoever may push, a digest can not."""
    for each, text, name in images(pod):
        if not name.digest:
            yield subject.tell(
                f"{each.at}.image",
                f"image {text!r} of container {each.name!r} has no digest",
                each.body.line_of("image"),
            )
