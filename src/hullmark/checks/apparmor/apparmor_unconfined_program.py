"""Profiles that end where another program begins."""

from collections.abc import Iterator

from hullmark.checks.apparmor_examples import GUIDE, MANUAL, ruled
from hullmark.checks.apparmor_file import AppArmor
from hullmark.checks.declare_config import apparmor_check
from hullmark.model import Evidence, Severity


@apparmor_check(
    id="apparmor-unconfined-program",
    title="AppArmor profile runs programs without a profile",
    severity=Severity.HIGH,
    bad=(
        ruled("/usr/bin/** Ux,"),
        ruled("/bin/sh rux,"),
        ruled("/bin/sh px -> unconfined,"),
    ),
    good=(
        ruled(),
        ruled("/usr/bin/convert ix,"),
        ruled("/bin/sh Pux,"),
        ruled("deny /bin/** x,"),
    ),
    remediation="Let the program inherit the profile (ix), or give it one of its own (Px, Cx).",
    references=(MANUAL, GUIDE),
)
def apparmor_unconfined_program(file: AppArmor) -> Iterator[Evidence]:
    """Whoever breaks in starts such a program, and is bound by nothing any more."""
    for profile in file.profiles:
        for each in profile.of("file"):
            letters = {*each.may}
            is_unconfined = bool(letters & {*"uU"}) and not letters & {*"pPcC"}
            if "x" in letters and (is_unconfined or each.peer == "unconfined"):
                yield profile.tell("programs run unconfined", each)
