"""Text from outside that becomes code."""

from collections.abc import Iterator
from itertools import pairwise
from re import compile as regex

from hullmark.checks.declare_config import script_check
from hullmark.checks.image_facts import SHELLS
from hullmark.checks.script_file import Script
from hullmark.checks.shell import Command
from hullmark.checks.shell_variables import assigned_names
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

_whole = regex(r"\$\{?([A-Za-z_]\w*|[@*1-9])\}?").match


@script_check(
    id="script-evaluates-arguments",
    title="Script evaluates what it is given",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    bad=(
        '#!/bin/sh\neval "$@"\n',
        '#!/bin/bash\neval "$APP_COMMAND"\n',
        '#!/bin/sh\nexec sh -c "$*"\n',
    ),
    good=(
        'eval "$(ssh-agent -s)"\nexec "$@"\n',
        'CMD="make all"\neval "$CMD"\n',
        "sh -c 'echo $1' x y\n",
    ),
    remediation=(
        'Start arguments as they are with exec "$@", and look names up in a list that the'
        " script has."
    ),
    references=("https://www.gnu.org/software/bash/manual/bash.html#index-eval",),
    left="what the text is meant to hold is for people to say",
)
def script_evaluates_arguments(script: Script) -> Iterator[Evidence]:
    """A semicolon in an argument or a variable is enough to run another command.

    The script does so with the rights of the container, or of the build.
    """
    assigned = frozenset(assigned_names(script))
    for line in script.lines:
        for number, command in enumerate(line.commands, 1):
            name = _evaluated(command)
            if name and name not in assigned:
                yield line.tell(
                    f"command {number}", f"{command.program} runs ${name} as code", command
                )


def _evaluated(command: Command) -> str:
    """The variable or argument that a command takes for code."""
    given = command.words[:1] if command.program == "eval" else ()
    if command.program in SHELLS:
        pairs = pairwise(command.words)
        given = tuple(word for before, word in pairs if before in ("-c", "-ec", "-lc"))
    found = _whole(given[0]) if given else None
    return found[1] if found else ""
