"""Services that leave the user to the image."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

_BAD = """\
services:
  web:
    image: registry.example/web:2.4
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    user: "65532"
  built:
    build: .
"""


@compose_check(
    id="unset-user-service",
    title="Service does not say which user it runs as",
    severity=Severity.LOW,
    confidence=Confidence.POSSIBLE,
    bad=(_BAD,),
    good=(_GOOD,),
    remediation="Name a user other than root (user: 65532).",
    references=("https://docs.docker.com/reference/compose-file/services/#user",),
    left="which user is for people to say",
)
def unset_user_service(compose: Compose) -> Iterator[Evidence]:
    """Most images run as root where nothing else is said, and the next version may again."""
    for each in compose.services():
        if each.whole and not each.is_built and not each.body.text("user"):
            yield each.tell("", "its user is whichever the image has")
