"""Profiles that let containers make namespaces."""

from collections.abc import Iterator

from hullmark.checks.declare_config import seccomp_check
from hullmark.checks.seccomp_examples import ENGINE, allowing, profile
from hullmark.checks.seccomp_file import Seccomp
from hullmark.model import Evidence, Severity

_CALLS = ("unshare", "clone", "clone3", "setns")
_OF_FLAGS = [{"index": 0, "value": 2114060288, "valueTwo": 0, "op": "SCMP_CMP_MASKED_EQ"}]


@seccomp_check(
    id="seccomp-allows-namespaces",
    title="Seccomp profile allows new namespaces",
    severity=Severity.MEDIUM,
    bad=(allowing("unshare"), allowing("fork", "clone"), allowing("clone3")),
    good=(
        profile(),
        allowing("clone", args=_OF_FLAGS),
        allowing("unshare", includes={"caps": ["CAP_SYS_ADMIN"]}),
        allowing("clone3", action="SCMP_ACT_ERRNO", errnoRet=38),
    ),
    remediation=(
        "Allow clone where none of the flags of namespaces is set (a masked comparison of its "
        "argument), answer clone3 with error 38, and leave unshare and setns to CAP_SYS_ADMIN."
    ),
    references=(ENGINE, "https://man7.org/linux/man-pages/man7/user_namespaces.7.html"),
)
def seccomp_allows_namespaces(profile: Seccomp) -> Iterator[Evidence]:
    """In a user namespace of its own every process is root, and reaches much more of the kernel.

    The arguments of clone3 lie in memory, where seccomp cannot look.
    """
    yield from profile.letting(_CALLS)
