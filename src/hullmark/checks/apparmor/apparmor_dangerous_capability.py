"""Profiles with capabilities over the node."""

from collections.abc import Iterator

from hullmark.checks.apparmor_examples import GUIDE, MANUAL, ruled
from hullmark.checks.apparmor_file import AppArmor
from hullmark.checks.apparmor_rules import Rule
from hullmark.checks.declare_config import apparmor_check
from hullmark.model import Evidence, Severity

_DANGEROUS = frozenset(
    (
        *("bpf", "dac_read_search", "mac_admin", "mac_override", "perfmon", "sys_admin"),
        *("sys_boot", "sys_module", "sys_ptrace", "sys_rawio", "sys_time", "syslog"),
    )
)


@apparmor_check(
    id="apparmor-dangerous-capability",
    title="AppArmor profile allows a capability that leads out of containers",
    severity=Severity.HIGH,
    bad=(
        ruled("capability sys_admin,"),
        ruled("capability chown sys_module,"),
        ruled(
            "if $DEBUG {", "capability sys_ptrace,", "} else {", "deny capability sys_ptrace,", "}"
        ),
    ),
    good=(
        ruled(),
        ruled("capability chown net_bind_service,"),
        ruled("deny capability sys_admin,"),
        ruled("deny capability sys_admin,", "capability sys_admin chown,"),
        ruled("if $DEBUG {", "deny capability syslog,", "capability syslog,", "}"),
    ),
    remediation="Remove the capability; what needs it belongs into a program of its own.",
    references=(MANUAL, GUIDE),
)
def apparmor_dangerous_capability(file: AppArmor) -> Iterator[Evidence]:
    """With it a process mounts, loads code into the kernel, or reads what belongs to others."""
    for profile in file.profiles:
        denied = profile.denials("capability", _denied)
        for each in profile.of("capability"):
            asked = sorted(_DANGEROUS & {*each.rest.split()})
            held = [name for name in asked if not denied.hold(name, each)]
            if held:
                yield profile.tell(f"allowed is the capability {', '.join(held)}", each)


def _denied(rule: Rule) -> list[str]:
    return rule.rest.split() if rule.kind == "capability" else []
