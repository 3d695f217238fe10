"""Services that get no signals."""

from collections.abc import Iterator
from re import ASCII
from re import compile as regex

from hullmark.checks.build_mends import of_script
from hullmark.checks.declare_config import script_check
from hullmark.checks.script_file import Script
from hullmark.checks.written import Call, Written, inserted
from hullmark.model import Evidence, Severity
from hullmark.model.mending import Edit, Left
from hullmark.model.rule import Confidence

ARGUMENTS = ("$@", "${@}", "$*")
SERVERS = frozenset(
    (
        *("java", "node", "python", "python3", "ruby", "gunicorn", "uvicorn", "uwsgi", "celery"),
        *("nginx", "httpd", "apache2-foreground", "php-fpm", "redis-server", "dotnet", "puma"),
        *("mysqld", "mongod", "postgres", "npm", "yarn", "caddy", "haproxy", "supervisord"),
    )
)
"""Programs that run as long as their container does."""


_nothing = regex(r"(?:[ \t\r\n;]|(?<![^ \t\r\n;])#[^\n]*)*\Z", ASCII).match


def _replacing(written: Written, call: Call) -> Iterator[Edit | Left]:
    """Exec where the text ends with the command: in a loop or a function more would come."""
    if call.before:
        return
    if _nothing(written.text, call.words[-1].end):
        yield inserted(call.words[0].start, "exec ")
    else:
        yield Left(
            "it is no last command of the script: a loop, a function or a condition holds it"
        )


@script_check(
    id="entrypoint-without-exec",
    title="Entry point does not exec its service",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    bad=(
        '@docker-entrypoint.sh\n#!/bin/sh\nset -e\n./migrate\n"$@"\n',
        "@start.sh\n#!/bin/sh\n./migrate\njava -jar /app.jar\n",
    ),
    good=(
        '@docker-entrypoint.sh\n#!/bin/sh\nset -e\nexec "$@"\n',
        "@start.sh\njava -jar /app.jar &\nwait $!\n",
        '@entrypoint.sh\ntrap stop TERM\n"$@"\n',
    ),
    remediation='Write exec before the last command: exec "$@".',
    references=("https://docs.docker.com/reference/dockerfile/#exec-form-entrypoint-example",),
    mend=of_script(
        _replacing,
        says="start it by exec",
    ),
)
def entrypoint_without_exec(script: Script) -> Iterator[Evidence]:
    """The shell stays process 1 and passes no signals on.

    The service is killed at every stop after the grace period, in the middle of what it writes.
    """
    if not script.is_entry_point or any(each.program == "trap" for each in script.commands):
        return
    line = script.lines[-1]
    commands = line.commands
    if len(commands) != 1 or line.text.rstrip().endswith("&"):
        return
    last = commands[0]
    if "exec" not in last.before and (last.program in ARGUMENTS or last.program in SERVERS):
        yield line.tell("", f"{last.program} is started without exec")
