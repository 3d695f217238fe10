"""Services of whatever image is latest."""

from collections.abc import Iterator

from hullmark.checks.compose_facts import pulled
from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity

_BAD_1 = """\
services:
  web:
    image: nginx:latest
"""
_BAD_2 = """\
services:
  web:
    image: registry.example/web:${TAG:-latest}
"""
_GOOD_1 = """\
services:
  web:
    image: nginx:1.27
"""
_GOOD_2 = """\
services:
  web:
    image: nginx:${TAG}
"""
_GOOD_3 = """\
services:
  web:
    image: nginx:latest@sha256:1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f
"""
_GOOD_4 = """\
services:
  web:
    image: web
    build: .
"""


@compose_check(
    id="latest-image-service",
    title="Service runs an image called latest",
    severity=Severity.LOW,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(
        _GOOD_1,
        _GOOD_2,
        _GOOD_3,
        _GOOD_4,
    ),
    remediation="Write a version.",
    references=("https://docs.docker.com/reference/compose-file/services/#image",),
    left="which version is for people to say",
)
def latest_image_service(compose: Compose) -> Iterator[Evidence]:
    """What runs after the next pull is whatever was published last, good or bad.

    There is no name to go back to.
    """
    for each, repository, tag in pulled(compose):
        if tag == "latest":
            yield each.tell("image", f"{short(repository)} is taken as latest")
