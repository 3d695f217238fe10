"""Services that run as root on purpose."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.model import Evidence, Severity

_BAD_1 = """\
services:
  web:
    image: registry.example/web:2.4
    user: root
"""
_BAD_2 = """\
services:
  web:
    image: registry.example/web:2.4
    user: "${RUN_AS:-0}:0"
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    user: "1000:0"
  other:
    image: registry.example/web:2.4
    user: ${RUN_AS}
"""


@compose_check(
    id="root-user-service",
    title="Service runs as root",
    severity=Severity.MEDIUM,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Name another user (user: 65532), and give the folders it writes to that one.",
    references=("https://docs.docker.com/reference/compose-file/services/#user",),
    left="which user is for people to say",
)
def root_user_service(compose: Compose) -> Iterator[Evidence]:
    """Whoever breaks into it is root at once, and one flaw or one mount away from the host."""
    for each in compose.services():
        user = each.body.text("user").partition(":")[0].strip()
        if user == "root" or (user.isdecimal() and not user.strip("0")):
            yield each.tell("user", f"it runs as user {user[:20]}")
