"""Scripts that take SELinux or AppArmor away."""

from collections.abc import Iterator
from re import compile as regex

from hullmark.checks.declare_config import script_check
from hullmark.checks.script_file import Script
from hullmark.checks.shell import Command
from hullmark.model import Evidence, Severity

_config = regex(r"SELINUX=(?:permissive|disabled)").search


@script_check(
    id="script-disables-mandatory-access-control",
    title="Script disables SELinux or AppArmor",
    severity=Severity.MEDIUM,
    bad=(
        "#!/bin/sh\nsetenforce 0\n",
        "sed -i 's/^SELINUX=enforcing/SELINUX=permissive/' /etc/selinux/config\n",
        "systemctl disable --now apparmor\n",
    ),
    good=(
        "setenforce 1\nrestorecon -R /srv\n",
        "sed -i 's/^SELINUX=.*/SELINUX=enforcing/' /etc/selinux/config\n",
    ),
    remediation=(
        "Leave it on, and give the files the label or the profile the rule that they need."
    ),
    references=("https://docs.docker.com/engine/security/apparmor/",),
    left="which rules are missing is for people to say",
)
def script_disables_mandatory_access_control(script: Script) -> Iterator[Evidence]:
    """It is what holds a process that has broken out of its container."""
    yield from script.every(_disabling)


def _disabling(command: Command) -> str:
    words = command.words
    if command.program == "setenforce" and words[:1] in (("0",), ("Permissive",), ("permissive",)):
        return "SELinux is made permissive"
    if command.program in ("sed", "echo", "printf") and _config(" ".join(words)):
        return "SELinux is switched off in its configuration"
    if command.program == "aa-teardown":
        return "all profiles of AppArmor are unloaded"
    if command.program in ("aa-disable", "aa-complain"):
        return f"{command.program} takes a profile's force away"
    stops = command.program in ("systemctl", "service") and command.has("stop", "disable", "mask")
    if stops and command.has("apparmor", "apparmor.service"):
        return "AppArmor is stopped"
    return ""
