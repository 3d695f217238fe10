"""Secrets whose content the file holds."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_merge import has_variable
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image_facts import holds_secret, short
from hullmark.model import Evidence, Severity
from hullmark.model.finding import Kind
from hullmark.model.rule import Confidence

_BAD_1 = """\
services: {}
secrets:
  db:
    content: hunter2hunter2
"""
_BAD_2 = """\
services: {}
configs:
  admin_password: {content: hunter2hunter2}
"""
_GOOD = """\
services: {}
secrets:
  db: {file: ./db.txt}
  api: {content: "${API_KEY}"}
configs:
  web: {content: "listen 80;"}
"""


@compose_check(
    id="secret-in-compose-file",
    title="Content of a secret stands in the file",
    severity=Severity.HIGH,
    kind=Kind.SECRET,
    confidence=Confidence.LIKELY,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Change it, and write file or external instead of content.",
    references=("https://docs.docker.com/reference/compose-file/secrets/",),
)
def secret_in_compose_file(compose: Compose) -> Iterator[Evidence]:
    """Whoever reads the repository has it, though it is handed to services as a secret."""
    for kind in ("secrets", "configs"):
        for name, body in compose.top(kind):
            content = body.text("content")
            secretive = kind == "secrets" or holds_secret(name, content)
            if content and secretive and not has_variable(content):
                line = body.line_of("content")
                says = f"the content of {short(name)} stands there"
                yield compose.tell(f"{kind}.{name}.content", says, line)
