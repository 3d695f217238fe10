"""Instructions that look like JSON and are none."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_mends import of_step
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.instruction_mends import as_list
from hullmark.model import Evidence, Severity
from hullmark.model.later import regex

_looks_listed = regex(r"\[\s*([\"'])[^\"']*\1\s*(?:|[,\"'][^\n]*)\]\Z").match


@dockerfile_check(
    id="broken-exec-form",
    title="Exec form is not valid JSON",
    severity=Severity.LOW,
    bad=(
        "FROM debian:13.1\nENTRYPOINT ['/bin/a', '-b']\n",
        'FROM debian:13.1\nCMD ["/bin/a", "-b",]\n',
        'FROM debian:13.1\nRUN ["make" "all"]\n',
    ),
    good=(
        'FROM debian:13.1\nENTRYPOINT ["/bin/a", "-b"]\n',
        'FROM debian:13.1\nRUN [ -f /a ] || make\nRUN [ "$A" = b ]\n',
        "FROM debian:13.1\nCMD /bin/a\n",
    ),
    remediation='Write a list of texts in double quotes: ["/bin/a", "-b"].',
    references=("https://docs.docker.com/reference/build-checks/json-args-recommended/",),
    mend=of_step(as_list, says="write the list as JSON"),
)
def broken_exec_form(build: Build) -> Iterator[Evidence]:
    """The builder takes it for shell text.

    The container does not start, or starts a shell that does not hand on the signal to stop.
    """
    for each in build.every("CMD", "ENTRYPOINT", "RUN", "SHELL"):
        if each.listed is None and (each.word == "SHELL" or _looks_listed(each.text)):
            yield each.tell(f"{each.word} has the form of a list that is not JSON")
