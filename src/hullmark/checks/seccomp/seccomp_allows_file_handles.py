"""Profiles that let containers open by handle."""

from collections.abc import Iterator

from hullmark.checks.declare_config import seccomp_check
from hullmark.checks.seccomp_examples import ENGINE, MANUAL, allowing, profile
from hullmark.checks.seccomp_file import Seccomp
from hullmark.model import Evidence, Severity

_CALLS = (
    "open_by_handle_at",
    "name_to_handle_at",
)


@seccomp_check(
    id="seccomp-allows-file-handles",
    title="Seccomp profile allows to open files by handle",
    severity=Severity.HIGH,
    bad=(
        allowing("open_by_handle_at"),
        allowing("getpid", "name_to_handle_at", action="SCMP_ACT_LOG"),
    ),
    good=(
        profile(),
        allowing("open_by_handle_at", includes={"caps": ["CAP_SYS_ADMIN"]}),
        allowing("open_by_handle_at", action="SCMP_ACT_ERRNO"),
    ),
    remediation=(
        "Remove the calls from the rule, or make it hold where the capability that they need is "
        "given: includes.caps, which Docker, Podman and CRI-O read, and containerd does not."
    ),
    references=(ENGINE, MANUAL),
)
def seccomp_allows_file_handles(profile: Seccomp) -> Iterator[Evidence]:
    """A handle names any file of the disk, outside the container too: no path is checked.

    Guessed handles were one of the first ways to read the files of a node.
    """
    yield from profile.letting(_CALLS)
