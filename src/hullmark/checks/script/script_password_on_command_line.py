"""Passwords that every process may read."""

from collections.abc import Iterator

from hullmark.checks import command_secrets
from hullmark.checks.declare_config import script_check
from hullmark.checks.script_file import Script
from hullmark.model import Evidence, Severity


@script_check(
    id="script-password-on-command-line",
    title="Script puts a password on a command line",
    severity=Severity.MEDIUM,
    bad=(
        '#!/bin/sh\nmysql -u root -p"$MYSQL_ROOT_PASSWORD" -e "select 1"\n',
        'docker login -u ci -p "$TOKEN" registry.example\n',
        'sshpass -p "$PW" scp a b:\nredis-cli -a "$PW" ping\n',
    ),
    good=(
        'echo "$TOKEN" | docker login -u ci --password-stdin registry.example\n',
        "mysql -u root -p < dump.sql\nmysql --defaults-extra-file=/run/secrets/my.cnf\n",
        'mkdir -p a\ncurl -u "$USER:$TOKEN" https://example.com\n',
    ),
    remediation=(
        "Hand it over by standard input, by a file of mode 600, or by the variable that "
        "the program reads."
    ),
    references=(
        "https://dev.mysql.com/doc/refman/8.4/en/password-security-user.html",
        "https://docs.docker.com/reference/cli/docker/login/",
    ),
    left="what else the program takes it by is for people to say",
)
def script_password_on_command_line(script: Script) -> Iterator[Evidence]:
    """Arguments are shown to every process of the host and kept by audit logs and traces.

    `set -x` prints them, too.
    """
    yield from script.every(command_secrets.password_given)
