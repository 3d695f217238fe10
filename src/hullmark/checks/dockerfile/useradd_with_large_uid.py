"""Accounts whose numbers blow up the log of logins."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_mends import after_word, of_calls
from hullmark.checks.build_steps import option, steps, told
from hullmark.checks.declare_config import dockerfile_check
from hullmark.model import Evidence, Severity

LARGE = 65536
"""Ours: the log then has some 20 MB (lastlog(8): 292 bytes for each number)."""


@dockerfile_check(
    id="useradd-with-large-uid",
    title="useradd with a large user number",
    severity=Severity.LOW,
    bad=(
        "FROM debian:13.1\nRUN useradd -u 1000900000 app\n",
        "FROM debian:13.1\nRUN useradd --uid=200000 -m app\n",
    ),
    good=(
        "FROM debian:13.1\nRUN useradd -l -u 1000900000 app\n",
        ("FROM debian:13.1\nRUN useradd -u 10001 app && useradd --no-log-init -u 200000 b\n"),
        "FROM a:1\nRUN useradd -u $ID app\n",
    ),
    remediation="Add --no-log-init, or take a smaller number.",
    references=("https://docs.docker.com/build/building/best-practices/#user",),
    mend=of_calls(after_word("--no-log-init", of=("useradd",)), says="keep no log of logins"),
)
def useradd_with_large_uid(build: Build) -> Iterator[Evidence]:
    """It writes a log that reaches up to the number and is full of holes.

    The layer grows to gigabytes, the build or the node runs out of disk.
    """
    for each, number, command in steps(build):
        if (
            command.program == "useradd"
            and not command.has("--no-log-init")
            and not command.short_option("l")
        ):
            uid = option(command, "-u", "--uid")
            if uid.isdecimal() and int(uid[:12]) >= LARGE:
                yield told(each, number, f"useradd makes user {uid[:12]} without --no-log-init")
