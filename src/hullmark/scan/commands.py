"""Commands of files of configuration that were not seen."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_instruction import STARTING
from hullmark.checks.script_file import Script
from hullmark.checks.shell import Command
from hullmark.checks.shell_tree import MAX_NESTED
from hullmark.checks.workflow_file import Workflow


def unread(subject: object) -> list[str]:
    """Why commands of a subject were not seen, if some were not."""
    found = next((each for each in _commands(subject) if each.unread), None)
    return [f"{found.program} is handed a script {MAX_NESTED + 1} deep in scripts"] if found else []


def _commands(subject: object) -> Iterator[Command]:
    if isinstance(subject, Script):
        yield from subject.commands
    elif isinstance(subject, Build):
        for each in subject.every(*STARTING, "HEALTHCHECK"):
            yield from each.commands
    elif isinstance(subject, Workflow):
        for run in subject.runs:
            yield from run.script.commands
