"""Entry points that raise their own rights."""

from collections.abc import Iterator

from hullmark.checks.declare_config import script_check
from hullmark.checks.image_facts import short
from hullmark.checks.script_file import Script
from hullmark.model import Evidence, Severity


@script_check(
    id="entrypoint-uses-sudo",
    title="Entry point uses sudo",
    severity=Severity.LOW,
    bad=('@docker-entrypoint.sh\n#!/bin/sh\nset -e\nsudo chown app /data\nexec "$@"\n',),
    good=(
        '@docker-entrypoint.sh\n#!/bin/sh\nset -e\nexec gosu app "$@"\n',
        "@build.sh\nsudo make install\n",
    ),
    remediation=(
        "Prepare files in the build, or start as root and give the rights up with gosu, "
        "setpriv or su-exec."
    ),
    references=("https://docs.docker.com/build/building/best-practices/#user",),
    left="whether it starts as root is told elsewhere",
)
def entrypoint_uses_sudo(script: Script) -> Iterator[Evidence]:
    """The service's user may become root, and so may whoever breaks into the service.

    It needs setuid, so that no-new-privileges cannot be set.
    """
    if script.is_entry_point:
        yield from script.every(
            lambda each: f"sudo starts {short(each.program)}" if "sudo" in each.before else ""
        )
