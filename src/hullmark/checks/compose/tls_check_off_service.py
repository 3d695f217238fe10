"""Services that believe whoever answers."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_mends import without_pair
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image_facts import short
from hullmark.checks.mending import by
from hullmark.checks.tls_options import VARIABLES
from hullmark.model import Evidence, Severity

_BAD_1 = """\
services:
  web:
    image: registry.example/web:2.4
    environment:
      NODE_TLS_REJECT_UNAUTHORIZED: 0
"""
_BAD_2 = """\
services:
  web:
    image: registry.example/web:2.4
    environment: [GIT_SSL_NO_VERIFY=true]
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    environment:
      NODE_TLS_REJECT_UNAUTHORIZED: "1"
      PYTHONHTTPSVERIFY: ${VERIFY}
"""


@compose_check(
    id="tls-check-off-service",
    title="Service does not verify TLS certificates",
    severity=Severity.MEDIUM,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation=(
        "Add the authority that signs the certificate to the trust store, and drop the variable."
    ),
    references=(
        "https://docs.docker.com/reference/compose-file/services/#environment",
        "https://nodejs.org/api/cli.html#node_tls_reject_unauthorizedvalue",
    ),
    mend=by(
        without_pair,
        says="remove the variable",
        breaks="fails where a certificate is signed by nobody known",
        risky=True,
    ),
)
def tls_check_off_service(compose: Compose) -> Iterator[Evidence]:
    """Anybody on the way can answer in the other end's name, and reads what is sent."""
    for each in compose.services():
        for pair in each.environment():
            if (pair.value or "").lower() in VARIABLES.get(pair.name, ()):
                yield each.tell(pair.at, f"{pair.name} is {short(pair.value or '')}", pair.line)
