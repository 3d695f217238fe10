"""The program apt where scripts use apt-get."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_mends import of_calls
from hullmark.checks.build_steps import steps, told
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.written import Call, Written
from hullmark.model import Evidence, Severity
from hullmark.model.mending import Edit

ACTIONS = frozenset(
    ("install", "update", "upgrade", "remove", "purge", "autoremove", "full-upgrade", "search")
)


_OTHERS = {"search": "apt-cache", "full-upgrade": "apt-get"}


def _scripted(_: Written, call: Call) -> Iterator[Edit]:
    if call.program == "apt" and call.command.action in ACTIONS:
        program = call.words[0]
        at = program.end - len("apt")
        yield Edit(at, program.end, _OTHERS.get(call.command.action, "apt-get"))
        action = call.word("full-upgrade")
        if action:
            yield Edit(action.start, action.end, "dist-upgrade")


@dockerfile_check(
    id="apt-in-build",
    title="apt is used in a build",
    severity=Severity.LOW,
    bad=("FROM debian:13.1\nRUN apt update && apt install -y curl=8.14.1-2\n",),
    good=(
        "FROM debian:13.1\nRUN apt-get update && apt-get install -y curl=8.14.1-2\n",
        "FROM debian:13.1\nRUN rm -rf /var/lib/apt/lists/*\n",
    ),
    remediation="Use apt-get and apt-cache.",
    references=("https://manpages.debian.org/stable/apt/apt.8.en.html",),
    mend=of_calls(_scripted, says="call apt-get, or apt-cache"),
)
def apt_in_build(build: Build) -> Iterator[Evidence]:
    """It is made for people: its options and its output change between releases.

    A step that reads them does something else after the next one.
    """
    for each, number, command in steps(build):
        if command.program == "apt" and command.action in ACTIONS:
            yield told(each, number, f"apt {command.action} is for people, apt-get for scripts")
