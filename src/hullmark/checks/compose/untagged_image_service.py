"""Services of images without a version."""

from collections.abc import Iterator

from hullmark.checks.compose_facts import pulled
from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity

_BAD_1 = """\
services:
  web:
    image: nginx
"""
_BAD_2 = """\
services:
  web:
    image: registry.example:5000/web
"""
_GOOD_1 = """\
services:
  web:
    image: nginx:1.27
"""
_GOOD_2 = """\
services:
  web:
    image: nginx@sha256:1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f
"""
_GOOD_3 = """\
services:
  web:
    image: web
    build: .
"""


@compose_check(
    id="untagged-image-service",
    title="Service runs an image without tag or digest",
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
    remediation="Write a version.",
    references=("https://docs.docker.com/reference/compose-file/services/#image",),
    left="which version is for people to say",
)
def untagged_image_service(compose: Compose) -> Iterator[Evidence]:
    """The engine takes what is called latest, which is another image after every release."""
    for each, repository, tag in pulled(compose):
        if not tag:
            yield each.tell("image", f"{short(repository)} has neither tag nor digest")
