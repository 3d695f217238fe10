"""Profiles that let containers mount."""

from collections.abc import Iterator

from hullmark.checks.declare_config import seccomp_check
from hullmark.checks.seccomp_examples import ENGINE, MANUAL, allowing, profile
from hullmark.checks.seccomp_file import Seccomp
from hullmark.model import Evidence, Severity

_CALLS = (
    "mount",
    "umount",
    "umount2",
    "pivot_root",
    "move_mount",
    "open_tree",
    "fsopen",
    "fsconfig",
    "fsmount",
    "fspick",
    "open_tree_attr",
    "mount_setattr",
)


@seccomp_check(
    id="seccomp-allows-mount",
    title="Seccomp profile allows to mount file systems",
    severity=Severity.HIGH,
    bad=(
        allowing("mount"),
        allowing("getpid", "mount_setattr", action="SCMP_ACT_LOG"),
        allowing("mount", args=[{"index": 0, "value": 0, "op": "SCMP_CMP_GE"}]),
        allowing("mount", includes={"minKernel": "4.8"}),
        allowing("mount", includes={"minKernel": "5.12"}),
    ),
    good=(
        profile(),
        allowing("mount", includes={"caps": ["CAP_SYS_ADMIN"]}),
        allowing("mount", action="SCMP_ACT_ERRNO"),
    ),
    remediation=(
        "Remove the calls from the rule, or make it hold where the capability that they need is "
        "given: includes.caps, which Docker, Podman and CRI-O read, and containerd does not."
    ),
    references=(ENGINE, MANUAL),
)
def seccomp_allows_mount(profile: Seccomp) -> Iterator[Evidence]:
    """Mounts are how containers get at the disks and kernel files of the node.

    In a user namespace they are open to everybody, and faults of file systems are open with them.
    """
    yield from profile.letting(_CALLS)
