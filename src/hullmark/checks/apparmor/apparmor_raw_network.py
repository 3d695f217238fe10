"""Profiles that let packets be forged."""

from collections.abc import Iterator

from hullmark.checks.apparmor_examples import GUIDE, MANUAL, ruled
from hullmark.checks.apparmor_file import AppArmor
from hullmark.checks.declare_config import apparmor_check
from hullmark.model import Evidence, Severity


@apparmor_check(
    id="apparmor-raw-network",
    title="AppArmor profile allows raw sockets",
    severity=Severity.MEDIUM,
    bad=(
        ruled("network raw,"),
        ruled("network inet raw,"),
        ruled("network packet,"),
    ),
    good=(
        ruled(),
        ruled("network inet stream,"),
        ruled("deny network raw,"),
    ),
    remediation="Remove the rule; what sends echo requests can do so without raw sockets.",
    references=(MANUAL, GUIDE),
)
def apparmor_raw_network(file: AppArmor) -> Iterator[Evidence]:
    """Whoever breaks in forges packets, and listens to those of others on the same network."""
    for profile in file.profiles:
        for each in profile.of("network"):
            if {"raw", "packet"} & {*each.rest.split()}:
                yield profile.tell("raw sockets are allowed", each)
