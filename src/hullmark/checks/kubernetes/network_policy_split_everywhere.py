"""Rules of network policies whose ranges are everything together."""

from collections.abc import Iterator
from ipaddress import ip_network

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_network import NETWORK_GROUPS, is_everywhere, policy_peers
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {}
  ingress:
  - from:
    - ipBlock: {cidr: 0.0.0.0/1}
    - ipBlock: {cidr: 128.0.0.0/1}
"""

MAX_RANGES = 10_000
"""Ours, of one policy: what is beyond is not added up."""


@object_check(
    "NetworkPolicy",
    id="network-policy-split-everywhere",
    title="Ranges of a network policy are all addresses together",
    severity=Severity.MEDIUM,
    bad=(
        _BAD,
        _BAD.replace("ingress", "egress").replace("from", "to"),
        _BAD.replace("128.0.0.0/1", "'8000::/1'").replace("0.0.0.0/1", "'::/1'"),
    ),
    good=(
        _BAD.replace("128.0.0.0/1", "128.0.0.0/2"),
        _BAD.replace("{cidr: 128.0.0.0/1}", "{cidr: 128.0.0.0/1, except: [192.0.2.0/24]}"),
        _BAD.replace("128.0.0.0/1", "0.0.0.0/0"),
    ),
    remediation="Name the ranges that are needed.",
    references=("https://kubernetes.io/docs/concepts/services-networking/network-policies/",),
)
def network_policy_split_everywhere(subject: Object) -> Iterator[Evidence]:
    """Everybody is let through, and who looks for 0.0.0.0/0 sees nothing of it."""
    if subject.group not in NETWORK_GROUPS:
        return
    for way, side in (("ingress", "from"), ("egress", "to")):
        ranges: dict[tuple[int, int], list[tuple[str, str, int]]] = {}
        for number, (rule, peer, at) in enumerate(policy_peers(subject, way, side)):
            block = peer.map("ipBlock")
            cidr = block.text("cidr").strip()
            if number < MAX_RANGES and cidr and not block.items_of("except"):
                key = id(rule), 6 if ":" in cidr else 4
                ranges.setdefault(key, []).append((cidr, at, block.line_of("cidr")))
        for listed in ranges.values():
            given = [cidr for cidr, _, _ in listed]
            if not any(map(is_everywhere, given)) and _are_everything(given):
                _, at, line = listed[0]
                says = f"{len(given)} ranges are all addresses together: {', '.join(given[:3])}"
                yield subject.tell(f"{at}.ipBlock.cidr", says, line)


def _are_everything(ranges: list[str]) -> bool:
    """Whether ranges of one kind of address leave nothing out; texts that are none count not."""
    found = []
    for each in ranges:
        try:
            given = ip_network(each, strict=False)
        except ValueError:
            continue
        found.append((int(given.network_address), given.num_addresses, given.max_prefixlen))
    reached = 0
    for start, count, _ in sorted(found):
        if start > reached:
            return False
        reached = max(reached, start + count)
    return bool(found) and reached == 1 << found[0][2]
