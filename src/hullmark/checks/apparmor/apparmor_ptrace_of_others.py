"""Profiles that let other processes be traced."""

from collections.abc import Iterator

from hullmark.checks.apparmor_examples import GUIDE, MANUAL, ruled
from hullmark.checks.apparmor_file import AppArmor
from hullmark.checks.declare_config import apparmor_check
from hullmark.model import Evidence, Severity


@apparmor_check(
    id="apparmor-ptrace-of-others",
    title="AppArmor profile allows to trace processes of others",
    severity=Severity.MEDIUM,
    bad=(
        ruled("ptrace,"),
        ruled("ptrace (trace, read),"),
        ruled("ptrace trace peer=**,"),
        ruled("ptrace trace peer={web,**},"),
        ruled('ptrace (trace) peer="unconfined",'),
        ruled("ptrace rw peer = unconfined,"),
        ruled("deny ptrace,", "priority=1 ptrace,"),
    ),
    good=(
        ruled(),
        ruled("ptrace (read) peer=web,"),
        ruled("ptrace (readby, tracedby),"),
        ruled("ptrace (trace, read) peer=@{profile_name},"),
        ruled("ptrace trace peer = web,"),
        ruled("deny ptrace,"),
        ruled("ptrace,", "deny ptrace,"),
    ),
    remediation="Name the profile that may be traced: peer=@{profile_name}.",
    references=(MANUAL, GUIDE),
)
def apparmor_ptrace_of_others(file: AppArmor) -> Iterator[Evidence]:
    """A tracer reads the memory of the other process, and makes it do what it wants."""
    for profile in file.profiles:
        for each in profile.of("ptrace"):
            if each.is_tracing and (not each.peer or profile.is_for(each.peer, "unconfined")):
                yield profile.tell("processes of every profile may be traced", each)
