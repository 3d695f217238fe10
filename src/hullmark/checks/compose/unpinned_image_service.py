"""Services of images that are known by a tag alone."""

from collections.abc import Iterator

from hullmark.checks.compose_facts import pulled
from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity

_BAD_1 = """\
services:
  web:
    image: nginx:1.27
"""
_BAD_2 = """\
services:
  web:
    image: registry.example/web:2.4
"""
_GOOD_1 = """\
services:
  web:
    image: nginx:1.27@sha256:1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f
"""
_GOOD_2 = """\
services:
  web:
    image: nginx:${TAG}
"""
_GOOD_3 = """\
services:
  web:
    image: web
    build: .
"""


@compose_check(
    id="unpinned-image-service",
    title="Image of the service is not pinned by digest",
    severity=Severity.LOW,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(
        _GOOD_1,
        _GOOD_2,
        _GOOD_3,
    ),
    remediation="Write name:tag@sha256:..., and let a bot raise the digest.",
    references=("https://docs.docker.com/reference/compose-file/services/#image",),
    left="which digest is for people to say",
)
def unpinned_image_service(compose: Compose) -> Iterator[Evidence]:
    """A tag is moved by whoever publishes it, and the next pull runs another image."""
    for each, _, tag in pulled(compose):
        if tag not in ("", "latest"):
            yield each.tell("image", f"{short(each.body.text('image'))} has no digest")
