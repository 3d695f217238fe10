"""Removals that may reach the root."""

from collections.abc import Iterator

from hullmark.checks.declare_config import script_check
from hullmark.checks.script_file import Script
from hullmark.checks.shell import Command
from hullmark.checks.shell_variables import assigned_names
from hullmark.model import Evidence, Severity
from hullmark.model.later import regex
from hullmark.model.rule import Confidence

_path = regex(
    r"\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/"
    r"(?:[*$.]|\Z|(?:bin|boot|data|etc|home|lib|lib64|opt|root|sbin|srv|usr|var)(?:/|\Z))"
).match
"""A path that is the root, or a folder right below it, where its variable is empty."""


@script_check(
    id="script-removes-below-unset-variable",
    title="Removal may start at the root",
    severity=Severity.LOW,
    confidence=Confidence.POSSIBLE,
    bad=('#!/bin/sh\nrm -rf "$BUILD_DIR/"*\n', "#!/bin/bash\nrm -fr ${CACHE}/lib\n"),
    good=(
        '#!/bin/sh\nset -u\nrm -rf "$BUILD_DIR/"*\n',
        'rm -rf "${BUILD_DIR:?}/"*\n',
        'DIR=/tmp/build\nrm -rf "$DIR/"*\n',
        'rm -f "$1/a"\nrm -rf "$DIR" "$APP_ROOT/versions/1"\n',
    ),
    remediation="Write ${NAME:?}, which ends the script where the variable is empty, or set -u.",
    references=("https://www.shellcheck.net/wiki/SC2115",),
    left="whether an empty variable is meant to be passed over is for people to say",
)
def script_removes_below_unset_variable(script: Script) -> Iterator[Evidence]:
    """Where the variable is empty the path begins at /, and a volume or the host is wiped."""
    if script.sets("u", "nounset"):
        return
    assigned = frozenset(assigned_names(script))
    for line in script.lines:
        for number, command in enumerate(line.commands, 1):
            for name in _bare(command):
                if name not in assigned:
                    yield line.tell(
                        f"command {number} {name}",
                        f"rm -r removes below ${name}, which may be empty",
                        command,
                    )
                    break


def _bare(command: Command) -> Iterator[str]:
    """Variables that paths of a recursive removal begin with."""
    if command.program != "rm" or not (
        command.short_option("r") or command.short_option("R") or command.has("--recursive")
    ):
        return
    for word in command.words:
        found = _path(word)
        if found:
            yield found[1] or found[2]
