"""Commands and rules of files of configuration that were not seen."""

from collections.abc import Iterator

from hullmark.checks.apparmor_file import AppArmor
from hullmark.checks.build_file import Build
from hullmark.checks.build_instruction import STARTING
from hullmark.checks.compose_file import Compose
from hullmark.checks.container_starts import of_container, of_service
from hullmark.checks.kube import Object
from hullmark.checks.script_file import Script
from hullmark.checks.shell import Command
from hullmark.checks.shell_tree import MAX_COMMANDS, MAX_NESTED
from hullmark.checks.workflow_file import Workflow


def unread(subject: object) -> list[str]:
    """Why commands or rules of a subject were not seen, if some were not."""
    if isinstance(subject, AppArmor):
        return subject.unknown()
    found = next((each for each in _commands(subject) if each.unread), None)
    if found is None:
        return []
    if not found.program:
        return [f"has more than the {MAX_COMMANDS} commands of a script that are looked at"]
    return [f"{found.program} is handed a script {MAX_NESTED + 1} deep in scripts"]


def _commands(subject: object) -> Iterator[Command]:
    if isinstance(subject, Script):
        yield from subject.commands
    elif isinstance(subject, Build):
        for each in subject.every(*STARTING, "HEALTHCHECK"):
            yield from each.commands
    elif isinstance(subject, Workflow):
        for run in subject.runs:
            yield from run.script.commands
    elif isinstance(subject, Compose):
        for service in subject.services():
            yield from (each for start in of_service(service) for each in start.commands)
    elif isinstance(subject, Object) and subject.pod and _has_commands(subject):
        for container in subject.pod.containers():
            yield from (each for start in of_container(container) for each in start.commands)


def _has_commands(subject: Object) -> bool:
    return subject.keys is None or not subject.keys.isdisjoint(("command", "args"))
