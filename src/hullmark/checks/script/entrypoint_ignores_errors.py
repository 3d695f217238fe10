"""Entry points that go on after a failure."""

from collections.abc import Iterator

from hullmark.checks.declare_config import script_check
from hullmark.checks.mending import Mending
from hullmark.checks.script_file import Script
from hullmark.checks.written import Written, inserted
from hullmark.model import Evidence, Severity
from hullmark.model.mending import Edit

_QUIET = frozenset(("", "echo", "printf", "set", "export", "exec", "local", "exit"))
_LEAST = 2
"""Commands, of which the last is the service."""


def _stopping(written: Written, _: Evidence) -> Iterator[Edit]:
    at = written.text.find("\n") + 1 if written.text.startswith("#!") else 0
    yield inserted(at, "set -e\r\n" if "\r\n" in written.text else "set -e\n")


@script_check(
    id="entrypoint-ignores-errors",
    title="Entry point goes on after errors",
    severity=Severity.LOW,
    bad=(
        '@docker-entrypoint.sh\n#!/bin/sh\n./migrate\nexec "$@"\n',
        "@bin/entrypoint.sh\n#!/bin/bash\nset -x\nenvsubst < a > b\nexec nginx\n",
    ),
    good=(
        '@docker-entrypoint.sh\n#!/bin/sh\nset -e\n./migrate\nexec "$@"\n',
        '@entrypoint.sh\n#!/bin/bash\nset -euo pipefail\n./migrate\nexec "$@"\n',
        '@entrypoint.sh\n#!/bin/sh\nexec "$@"\n',
        "@build.sh\n./a\n./b\n",
    ),
    remediation="Begin with set -e, or set -euo pipefail in bash.",
    references=("https://www.gnu.org/software/bash/manual/bash.html#The-Set-Builtin",),
    mend=Mending(
        edits=_stopping,
        of_text=True,
        says="begin with set -e",
        breaks="stops at commands that fail today and whose failure nobody sees",
        risky=True,
    ),
)
def entrypoint_ignores_errors(script: Script) -> Iterator[Evidence]:
    """The service starts although a step before it failed.

    It then runs with a configuration half written, or without the migration that protects its
    data.
    """
    commands = [each for each in script.commands if each.program not in _QUIET]
    if not script.is_entry_point or script.sets("e", "errexit") or len(commands) < _LEAST:
        return
    if any(each.program == "trap" and "ERR" in each.words for each in script.commands):
        return
    yield script.lines[0].tell("", "set -e is nowhere in it")
