"""Files that scripts make writable by everybody."""

from collections.abc import Iterator

from hullmark.checks.build_mends import closed, of_script
from hullmark.checks.declare_config import script_check
from hullmark.checks.file_modes import is_temporary, opens
from hullmark.checks.image_facts import short
from hullmark.checks.script_file import Script
from hullmark.checks.shell import Command
from hullmark.model import Evidence, Severity


@script_check(
    id="script-opens-files-to-everybody",
    title="Script makes files writable by everybody",
    severity=Severity.MEDIUM,
    bad=("#!/bin/sh\nchmod -R 777 /var/www\n", "chmod a+rwx /srv\n", "umask 000\nmkdir /data\n"),
    good=(
        "chmod 755 /app\nchmod 1777 /tmp\nchmod u+w,o-w /b\nchmod 777 /tmp/build\n",
        "umask 022\nchmod +x run\n",
    ),
    remediation="Give the files to the user who writes them: chown, or chmod u+w.",
    references=("https://www.gnu.org/software/coreutils/manual/html_node/chmod-invocation.html",),
    mend=of_script(
        closed,
        says="let only the owner write",
        breaks="fails where another user than the owner writes there",
        risky=True,
    ),
)
def script_opens_files_to_everybody(script: Script) -> Iterator[Evidence]:
    """Any process in the container may change them, and with them what the others run."""
    yield from script.every(_opening)


def _opening(command: Command) -> str:
    mode = command.action
    if command.program == "chmod" and opens(mode) and not is_temporary(command):
        return f"chmod {short(mode)}"
    if command.program == "umask" and mode in ("0", "00", "000", "0000"):
        return "every file is made writable by everybody from here on"
    return ""
