"""Hosts that are trusted unseen."""

from collections.abc import Iterator

from hullmark.checks.declare_config import script_check
from hullmark.checks.script_file import Script
from hullmark.checks.ssh_options import any_host
from hullmark.model import Evidence, Severity


@script_check(
    id="script-accepts-any-ssh-host",
    title="Script accepts any SSH host key",
    severity=Severity.MEDIUM,
    bad=(
        "#!/bin/sh\nssh -o StrictHostKeyChecking=no deploy@example.com make\n",
        'GIT_SSH_COMMAND="ssh -o StrictHostKeyChecking=no" git clone git@example.com:a\n',
    ),
    good=(
        "ssh -o StrictHostKeyChecking=yes deploy@example.com make\n",
        "ssh -o StrictHostKeyChecking=accept-new deploy@example.com make\n",
    ),
    remediation="Put the host's key into known_hosts, from a place that is trusted.",
    references=("https://man.openbsd.org/ssh_config#StrictHostKeyChecking",),
    left="the key of the host is not known here",
)
def script_accepts_any_ssh_host(script: Script) -> Iterator[Evidence]:
    """Anybody on the way can be the host, and gets the commands, files and passwords."""
    yield from script.every(any_host)
