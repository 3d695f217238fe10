"""Services with kernel parameters that weaken their network."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_mends import without_pair
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image_facts import short
from hullmark.checks.mending import by
from hullmark.model import Evidence, Severity
from hullmark.model.later import regex

_on = regex(
    r"net\.ipv[46]\.(?:ip_forward|conf\.[^.]+\.(?:forwarding|route_localnet|accept_redirects"
    r"|accept_source_route|send_redirects|proxy_arp))\Z"
).match
_off = regex(
    r"net\.ipv4\.(?:tcp_syncookies|icmp_echo_ignore_broadcasts|conf\.[^.]+\.rp_filter)\Z"
).match


def _weakens(name: str, value: str) -> bool:
    return bool((value == "1" and _on(name)) or (value == "0" and _off(name)))


_BAD_1 = """\
services:
  web:
    image: registry.example/web:2.4
    sysctls:
      net.ipv4.ip_forward: 1
"""
_BAD_2 = """\
services:
  web:
    image: registry.example/web:2.4
    sysctls: [net.ipv4.tcp_syncookies=0, net.ipv4.conf.all.accept_redirects=1]
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    sysctls:
      net.core.somaxconn: 1024
      net.ipv4.conf.all.accept_redirects: 0
      net.ipv4.conf.all.src_valid_mark: 1
"""


@compose_check(
    id="weakening-sysctl-service",
    title="Service sets a kernel parameter that weakens it",
    severity=Severity.MEDIUM,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Remove it, or leave routing to the host.",
    references=(
        "https://docs.docker.com/reference/compose-file/services/#sysctls",
        "https://docs.kernel.org/networking/ip-sysctl.html",
    ),
    mend=by(
        without_pair,
        says="remove the parameter",
        breaks="gives the program the usual setting",
        risky=True,
    ),
)
def weakening_sysctl_service(compose: Compose) -> Iterator[Evidence]:
    """It forwards packets, takes foreign routes or answers for others.

    Attackers reach the networks behind it that way.
    """
    for each in compose.services():
        for pair in each.pairs("sysctls"):
            if _weakens(pair.name.replace("/", "."), (pair.value or "").strip()):
                says = f"{short(pair.name)} is {short(pair.value or '')}"
                yield each.tell(pair.at, says, pair.line)
