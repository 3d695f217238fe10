"""Profiles that forget /proc and /sys."""

from collections.abc import Iterator

from hullmark.checks.apparmor_examples import GUIDE, MANUAL, ruled
from hullmark.checks.apparmor_file import KERNEL_FILES, KERNEL_PLACES, AppArmor
from hullmark.checks.declare_config import apparmor_check
from hullmark.model import Evidence, Severity

_OF_ENGINES = (
    "deny @{PROC}/* w,",
    "deny @{PROC}/{[^1-9],[^1-9][^0-9],[^1-9s][^0-9y][^0-9s],[^1-9][^0-9][^0-9][^0-9]*}/** w,",
    "deny @{PROC}/sys/[^k]** w,",
    "deny @{PROC}/sys/kernel/{?,??,[^s][^h][^m]**} w,",
    "deny @{PROC}/sysrq-trigger rwklx,",
    "deny /sys/[^f]*/** wklx,",
    "deny /sys/f[^s]*/** wklx,",
    "deny /sys/fs/[^c]*/** wklx,",
    "deny /sys/firmware/** rwklx,",
)
"""How the profiles of engines do it: all but what processes own, and control groups."""


@apparmor_check(
    id="apparmor-kernel-files-writable",
    title="AppArmor profile leaves settings of the kernel open",
    severity=Severity.HIGH,
    bad=(
        ruled("file,"),
        ruled("/** rw,", "deny /proc/sys/** w,"),
        ruled("/{proc,sys}/** rw,"),
        ruled("file,", "deny @{PROC}/sys/kernel/core_pattern w,", "deny /sys/** w,"),
        ruled(r"/pr\x6fc/\163ys/** w,"),
        ruled("priority=2 @{PROC}/sys/** w,", "deny @{PROC}/** w,"),
    ),
    good=(
        ruled(),
        ruled("file,", "deny @{PROC}/{sys/**,sysrq-trigger} wkx,", "deny /sys/** wklx,"),
        ruled("deny /{proc,sys}/{,**} w,", "/** rw,"),
        ruled("@{PROC}/@{pid}/** rw,"),
        ruled("file,", r"deny /{proc,s\171s}/** w,"),
        ruled("file,", *_OF_ENGINES),
    ),
    remediation=(
        "Deny writing to /proc/sys, /proc/sysrq-trigger and /sys, as the default profiles of "
        "engines do."
    ),
    references=(MANUAL, GUIDE),
)
def apparmor_kernel_files_writable(file: AppArmor) -> Iterator[Evidence]:
    """Files below /proc/sys and /sys change the kernel of the node, or make it run a program."""
    for profile in file.profiles:
        for each in profile.of("file", "all"):
            written = {*profile.written(each, KERNEL_FILES)}
            if written:
                named = [place for place, paths in KERNEL_PLACES.items() if written & {*paths}]
                yield profile.tell(f"{' and '.join(named)} may be written to", each)
                break
