"""Profiles that forget /proc and /sys."""

from collections.abc import Iterator

from hullmark.checks.apparmor_examples import GUIDE, MANUAL, ruled
from hullmark.checks.apparmor_file import AppArmor, is_everything
from hullmark.checks.declare_config import apparmor_check
from hullmark.model import Evidence, Severity

_PLACES = {
    "/proc/sys": ("/proc/", "@{PROC}/", "@{PROC}", "/**"),
    "/sys": ("/sys/", "/sys", "@{sys}", "/**"),
}


@apparmor_check(
    id="apparmor-kernel-files-writable",
    title="AppArmor profile leaves settings of the kernel open",
    severity=Severity.HIGH,
    bad=(
        ruled("file,"),
        ruled("/** rw,", "deny /proc/sys/** w,"),
    ),
    good=(
        ruled(),
        ruled("file,", "deny @{PROC}/{sys/**,sysrq-trigger} wkx,", "deny /sys/** wklx,"),
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
        everything = next(filter(is_everything, profile.of("file", "all")), None)
        open_ones = [
            place
            for place, names in _PLACES.items()
            if not any(
                each.path.startswith(names) and {*each.may} & {*"wa"}
                for each in profile.denied("file")
            )
        ]
        if everything and open_ones:
            yield profile.tell(f"files below {' and '.join(open_ones)} may be written", everything)
