"""Temporary files that others can prepare."""

from collections.abc import Iterator
from re import compile as regex

from hullmark.checks.declare_config import script_check
from hullmark.checks.image_facts import short
from hullmark.checks.script_file import Script
from hullmark.checks.shell import Command
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

_target = regex(r"(?:[12&]?>>?)?(/(?:var/)?tmp/[\w./-]+)\Z").match


@script_check(
    id="script-predictable-temporary-file",
    title="Script writes to a fixed name in /tmp",
    severity=Severity.LOW,
    confidence=Confidence.POSSIBLE,
    bad=(
        "#!/bin/sh\ncurl -fsS https://example.com/a > /tmp/answer.json\n",
        "pg_dump app >/tmp/app.sql\n",
    ),
    good=(
        'f=$(mktemp)\nls > "$f"\n',
        'ls > /var/lib/app/list\nrm -f /tmp/list\nls > "/tmp/$$.list"\n',
        "cat < /tmp/list\n",
    ),
    remediation="Ask mktemp for the file, and remove it in a trap.",
    references=("https://www.gnu.org/software/coreutils/manual/html_node/mktemp-invocation.html",),
    left="what else reads the file by its name is not known here",
)
def script_predictable_temporary_file(script: Script) -> Iterator[Evidence]:
    """Another user puts a link of that name there first, and the script overwrites its target.

    Or they put a file there, and read or change what the script relies on.
    """
    yield from script.every(_written)


def _written(command: Command) -> str:
    """Where a command's output goes, if that is a fixed name below /tmp."""
    for before, word in zip(("", *command.words), command.words, strict=False):
        found = _target(word)
        if found and (">" in word or before in (">", ">>", "1>", "2>", "&>")):
            return f"{command.program} writes to {short(found[1])}"
    return ""
