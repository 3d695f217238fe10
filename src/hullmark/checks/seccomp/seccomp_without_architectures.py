"""Profiles for whichever machine it is."""

from collections.abc import Iterator

from hullmark.checks.declare_config import seccomp_check
from hullmark.checks.seccomp_examples import ENGINE, SPEC, profile
from hullmark.checks.seccomp_file import Seccomp
from hullmark.model import Evidence, Severity


@seccomp_check(
    id="seccomp-without-architectures",
    title="Seccomp profile names no architectures",
    severity=Severity.LOW,
    bad=(
        profile(architectures=None),
        profile(architectures=[]),
    ),
    good=(
        profile(),
        profile(architectures=None, archMap=[{"architecture": "SCMP_ARCH_X86_64"}]),
    ),
    remediation=(
        "List the architectures, or their map in archMap, with those that programs of 32 bits use."
    ),
    references=(
        ENGINE,
        SPEC,
    ),
)
def seccomp_without_architectures(profile: Seccomp) -> Iterator[Evidence]:
    """Whether programs of 32 bits run or die is left to the runtime, and differs by machine."""
    if not (profile.body.items_of("architectures") or profile.body.items_of("archMap")):
        says = "neither architectures nor archMap names any"
        yield profile.tell("architectures", says)
