"""Services that ask nobody for a password."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity

_YES = ("1", "true", "yes", "on")
_NO = ("0", "false", "no", "off")
VARIABLES = {
    "ALLOW_ANONYMOUS_LOGIN": _YES,
    "ALLOW_EMPTY_PASSWORD": _YES,
    "ALLOW_PLAINTEXT_LISTENER": _YES,
    "DISABLE_SECURITY_PLUGIN": _YES,
    "MARIADB_ALLOW_EMPTY_ROOT_PASSWORD": _YES,
    "ME_CONFIG_BASICAUTH": _NO,
    "MYSQL_ALLOW_EMPTY_PASSWORD": _YES,
    "NEO4J_AUTH": ("none",),
    "POSTGRES_HOST_AUTH_METHOD": ("trust",),
    "plugins.security.disabled": _YES,
    "xpack.security.enabled": _NO,
}
"""Variables of widespread images, and the values that switch passwords off."""

OPTIONS = (
    "--noauth",
    "--protected-mode no",
    "--api.insecure",
    "--api.insecure=true",
    "--skip-grant-tables",
    "--notebookapp.token=",
    "--identityprovider.token=",
    "--serverapp.token=",
)
"""Words of commands, in lower case, that do so."""

_BAD_1 = """\
services:
  db:
    image: mongo:7.0.14
    command: mongod --noauth
"""
_BAD_2 = """\
services:
  search:
    image: elasticsearch:8.16.1
    environment:
      xpack.security.enabled: false
  db:
    image: postgres:17.2
    environment: [POSTGRES_HOST_AUTH_METHOD=trust]
"""
_GOOD = """\
services:
  search:
    image: elasticsearch:8.16.1
    command: [run, --noauthor]
    environment:
      xpack.security.enabled: true
      MYSQL_ALLOW_EMPTY_PASSWORD: "no"
"""


@compose_check(
    id="authentication-off-service",
    title="Service is told to ask for no password",
    severity=Severity.HIGH,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Remove it, and set a password by a secret.",
    references=(
        "https://docs.docker.com/reference/compose-file/services/#environment",
        "https://docs.docker.com/compose/how-tos/use-secrets/",
    ),
)
def authentication_off_service(compose: Compose) -> Iterator[Evidence]:
    """Whoever reaches its network or its port reads, changes and deletes all that it holds."""
    for each in compose.services():
        for pair in each.environment():
            if (pair.value or "").lower() in VARIABLES.get(pair.name, ()):
                yield each.tell(pair.at, f"{pair.name} is {short(pair.value or '')}", pair.line)
        said = " ".join(each.words("command")).lower()
        for option in OPTIONS:
            if f"{option} " in f"{said} ":
                yield each.tell("command", f"it is started with {option}")
                break
