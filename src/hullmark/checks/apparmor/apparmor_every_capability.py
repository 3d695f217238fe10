"""Profiles that leave capabilities to others."""

from collections.abc import Iterator

from hullmark.checks.apparmor_examples import GUIDE, MANUAL, ruled
from hullmark.checks.apparmor_file import AppArmor
from hullmark.checks.declare_config import apparmor_check
from hullmark.model import Evidence, Severity


@apparmor_check(
    id="apparmor-every-capability",
    title="AppArmor profile allows every capability",
    severity=Severity.LOW,
    bad=(
        ruled("capability,"),
        ruled("audit capability,"),
    ),
    good=(
        ruled(),
        ruled("capability net_bind_service,"),
        ruled("deny capability,"),
        ruled("capability,", "deny capability,"),
    ),
    remediation="Name the capabilities that the program needs.",
    references=(MANUAL, GUIDE),
)
def apparmor_every_capability(file: AppArmor) -> Iterator[Evidence]:
    """What the container is given by mistake, or by a fault of the kernel, is not taken away.

    The default profiles of engines do so, too: they are for every program.
    """
    for profile in file.profiles:
        for each in profile.of("capability"):
            if not each.rest:
                yield profile.tell("every capability is allowed", each)
