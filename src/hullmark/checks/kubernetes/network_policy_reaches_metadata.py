"""Network policies that let pods ask the cloud for credentials."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_network import (
    METADATA_PORT,
    NETWORK_GROUPS,
    policy_peers,
    spans_metadata,
)
from hullmark.model import Evidence, Severity
from hullmark.model.placed import Map

_BAD = """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Egress]
  egress:
  - to:
    - ipBlock: {cidr: 0.0.0.0/0}
"""


@object_check(
    "NetworkPolicy",
    id="network-policy-reaches-metadata",
    title="Network policy allows egress to the cloud's metadata service",
    severity=Severity.MEDIUM,
    bad=(
        _BAD,
        _BAD.replace("0.0.0.0/0", "0.0.0.0/0, except: [10.0.0.0/8]"),
        _BAD + "    ports: [{port: 1, endPort: 1024}]\n",
    ),
    good=(
        _BAD.replace("0.0.0.0/0", "0.0.0.0/0, except: [169.254.169.254/32]"),
        _BAD.replace("0.0.0.0/0", "0.0.0.0/0, except: [169.254.0.0/16, 10.0.0.0/8]"),
        _BAD.replace("0.0.0.0/0", "10.0.0.0/8"),
        _BAD + "    ports: [{port: 443}]\n",
    ),
    remediation="Add 169.254.169.254/32 to except of this block of addresses.",
    references=(
        "https://kubernetes.io/docs/concepts/security/security-checklist/",
        "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
    ),
)
def network_policy_reaches_metadata(subject: Object) -> Iterator[Evidence]:
    """At 169.254.169.254 a cloud gives the credentials of the node to every pod that asks.

    With these an attacker leaves the cluster for the whole account.
    """
    if subject.group not in NETWORK_GROUPS:
        return
    for rule, peer, at in policy_peers(subject, "egress", "to"):
        block = peer.map("ipBlock")
        excepted = any(spans_metadata(each) for each in block.texts("except"))
        if spans_metadata(block.text("cidr")) and not excepted and _allows_port(rule):
            yield subject.tell(
                f"{at}.ipBlock.cidr",
                f"{block.text('cidr')} holds 169.254.169.254, which nothing excepts",
                block.line_of("cidr"),
            )


def _allows_port(rule: Map) -> bool:
    """Whether a rule lets through what the metadata service listens to."""
    ports = rule.maps("ports")
    return not ports or any(_holds(each) for each in ports)


def _holds(port: Map) -> bool:
    if port.text("protocol") not in ("", "TCP"):
        return False
    first = port.number("port")
    if first is None:
        return port.text("port") in ("", "http")
    last = port.number("endPort")
    return first <= METADATA_PORT <= (first if last is None else last)
