"""Start scripts that put something else in the place of sudo, su or ssh."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.lines import lines
from hullmark.checks.samples import BAR, script
from hullmark.checks.start_scripts import SHELL_STARTS
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind
from hullmark.model.later import regex
from hullmark.model.rule import Confidence

_COMMANDS = "sudo|su|ssh|scp|passwd|doas|login|gpg"
_alias = regex(rf"^alias\s{{1,9}}({_COMMANDS})=[\"']?([^\s\"']{{0,200}})")
_function = regex(rf"^(?:function\s{{1,9}})?({_COMMANDS})\s{{0,9}}\(\)")


def _bad() -> tuple[File, ...]:
    return (
        script("root/.bashrc", f"ali{BAR}as sudo='/usr/lib/x/sudo'"),
        script("etc/profile.d/a.sh", "su() { read -s p; }"),
    )


def _good() -> tuple[File, ...]:
    return (
        script("root/.bashrc", "alias sudo='sudo '", 'alias ssh="ssh -A"', "alias ll='ls -l'"),
        script("root/.bashrc", "alias su='/bin/su -'", "alias passwd=\\passwd"),
    )


@file_check(
    id="start-script-replaces-command",
    title="A start script replaces a command that asks for passwords",
    kind=Kind.MALWARE,
    severity=Severity.HIGH,
    confidence=Confidence.POSSIBLE,
    names=SHELL_STARTS,
    bad=_bad,
    good=_good,
    remediation="Look at what stands in its place, and remove it unless you put it there.",
    references=("https://attack.mitre.org/techniques/T1546/004/",),
)
def start_script_replaces_command(file: File) -> Iterator[Evidence]:
    """What answers to sudo or ssh in place of the real program sees the password first."""
    for number, line in lines(file):
        found = _alias.match(line)
        if found and found[2].lstrip("\\").rpartition("/")[2] == found[1]:
            folder = found[2].lstrip("\\").rpartition("/")[0]
            if folder in ("", "/bin", "/usr/bin", "/usr/local/bin"):
                continue
        found = found or _function.match(line)
        if found:
            at = f"{found[1]}:{number}"
            yield Evidence(
                at=at, says=f"puts something else in the place of {found[1]}", line=number
            )
