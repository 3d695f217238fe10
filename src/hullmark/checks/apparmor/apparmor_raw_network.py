"""Profiles that let packets be forged."""

from collections.abc import Iterator

from hullmark.checks.apparmor_examples import GUIDE, MANUAL, ruled
from hullmark.checks.apparmor_file import AppArmor
from hullmark.checks.apparmor_rules import Rule
from hullmark.checks.declare_config import apparmor_check
from hullmark.model import Evidence, Severity
from hullmark.model.later import regex

_SOCKETS = (("inet", "raw"), ("inet6", "raw"), ("packet", "raw"), ("packet", "dgram"))
"""Families and types of sockets that see and send what others do not."""

_PROTOCOLS = {"tcp": "stream", "udp": "dgram", "icmp": "raw"}
"""The types of sockets that rules name by a protocol."""

_TYPES = frozenset(("dgram", "raw", "rdm", "seqpacket", "stream", *_PROTOCOLS))
_lists = regex(r"\([^()]*\)").sub


@apparmor_check(
    id="apparmor-raw-network",
    title="AppArmor profile allows raw sockets",
    severity=Severity.MEDIUM,
    bad=(
        ruled("network raw,"),
        ruled("network inet raw,"),
        ruled("network packet,"),
        ruled("network,"),
        ruled("network (create, send) inet6,"),
        ruled("network inet icmp,"),
        ruled("network,", "deny network raw,"),
        ruled("network inet raw,", "deny network inet raw ip=10.0.0.1,"),
    ),
    good=(
        ruled(),
        ruled("network inet stream,"),
        ruled("network inet6 udp,", "network netlink raw,", "network unix,"),
        ruled("deny network raw,"),
        ruled("network,", "deny network raw,", "deny network packet,"),
        ruled("network inet dgram ip=127.0.0.1 peer=(ip=10.0.0.1 port=53),"),
    ),
    remediation=(
        "Name families and types (network inet stream), or deny network raw and network packet; "
        "what sends echo requests can do so without raw sockets."
    ),
    references=(MANUAL, GUIDE),
)
def apparmor_raw_network(file: AppArmor) -> Iterator[Evidence]:
    """Whoever breaks in forges packets, and listens to those of others on the same network.

    A rule that names no type of socket is for raw ones, too.
    """
    for profile in file.profiles:
        denied = profile.denials("network", _sockets)
        for each in profile.of("network"):
            if any(not denied.hold(socket, each) for socket in _sockets(each)):
                yield profile.tell("raw sockets are allowed", each)


def _sockets(rule: Rule) -> list[tuple[str, str]]:
    """Which of these sockets a rule is for; one that denies some uses of them denies none."""
    if rule.kind != "network" or (rule.denies and {*"(="} & {*rule.rest}):
        return []
    said = [each for each in _lists(" ", rule.rest).split() if "=" not in each]
    kinds = {_PROTOCOLS.get(each, each) for each in said if each in _TYPES}
    families = {each for each in said if each not in _TYPES}
    return [
        (family, kind)
        for family, kind in _SOCKETS
        if (not families or family in families) and (not kinds or kind in kinds)
    ]
