"""Networks of Swarm without encryption."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_mends import encrypted
from hullmark.checks.compose_parts import is_true, pairs
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image_facts import short
from hullmark.checks.mending import by
from hullmark.model import Evidence, Severity

_BAD_1 = """\
services: {}
networks:
  inner:
    driver: overlay
"""
_BAD_2 = """\
services: {}
networks:
  inner:
    driver: overlay
    driver_opts: {encrypted: "false"}
"""
_GOOD = """\
services: {}
networks:
  inner:
    driver: overlay
    driver_opts: {encrypted: ""}
  other:
    driver: overlay
    driver_opts: {encrypted: true}
  near: {driver: bridge}
"""


@compose_check(
    id="unencrypted-overlay-network",
    title="Overlay network is not encrypted",
    severity=Severity.MEDIUM,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation=(
        "Write encrypted under driver_opts, and check that IPsec passes between the nodes."
    ),
    references=(
        "https://docs.docker.com/reference/compose-file/networks/",
        "https://docs.docker.com/engine/network/drivers/overlay/#encrypt-traffic-on-an-overlay-network",
    ),
    mend=by(
        encrypted,
        says="encrypt it",
        breaks="needs a network that exists to be made anew",
        risky=True,
    ),
)
def unencrypted_overlay_network(compose: Compose) -> Iterator[Evidence]:
    """What services send each other crosses the network between nodes in clear text."""
    for name, body in compose.top("networks"):
        if body.text("driver") == "overlay" and not is_true(body.get("external")):
            options = {each.name: each.value for each in pairs(body, "driver_opts")}
            if options.get("encrypted", "false") == "false":
                line = body.line_of("driver")
                yield compose.tell(f"networks.{name}", f"{short(name)} is not encrypted", line)
