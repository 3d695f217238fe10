"""Pipelines of which only the last command may fail the build."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build, Instruction
from hullmark.checks.build_mends import of_step
from hullmark.checks.build_steps import told
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.instruction_mends import with_pipefail
from hullmark.model import Evidence, Severity

CERTAIN = frozenset(("", "echo", "printf", "yes", "true"))
"""Commands that do not fail, or whose failure nobody would want to see."""


@dockerfile_check(
    id="pipeline-without-pipefail",
    title="Pipeline hides that a command fails",
    severity=Severity.LOW,
    bad=(
        "FROM debian:13.1\nRUN curl -fsS https://example.com/a.tgz | tar -xz -C /opt\n",
        (
            "FROM debian:13.1 AS one\n"
            'SHELL ["/bin/bash", "-o", "pipefail", "-c"]\n'
            "FROM debian:13.1\n"
            "RUN make | tee /log\n"
        ),
        'FROM debian:13.1\nRUN ["/bin/bash", "-c", "make | tee /log"]\n',
        "FROM debian:13.1\nRUN true && sh <<EOF\nmake | tee /log\nEOF\n",
    ),
    good=(
        (
            "FROM debian:13.1\n"
            'SHELL ["/bin/bash", "-eo", "pipefail", "-c"]\n'
            "RUN curl -fsS https://example.com/a.tgz | tar -xz\n"
        ),
        (
            "FROM debian:13.1\n"
            "RUN set -o pipefail; curl -fsS https://example.com/a | tar -x\n"
            "RUN make || true\n"
            "RUN echo a | tee /b\n"
        ),
        (
            "FROM debian:13.1 AS base\n"
            'SHELL ["/bin/bash", "-o", "pipefail", "-c"]\n'
            "FROM base\n"
            "RUN make | tee /log\n"
        ),
        ('FROM debian:13.1\nRUN ["/bin/bash", "-o", "pipefail", "-c", "make | tee /log"]\n'),
        ('FROM mcr.example/windows\nSHELL ["powershell", "-Command"]\nRUN Get-A | Set-B\n'),
    ),
    remediation=(
        'Put SHELL ["/bin/bash", "-o", "pipefail", "-c"] above it, or begin the step with set '
        "-o pipefail."
    ),
    references=("https://docs.docker.com/build/building/best-practices/#using-pipes",),
    mend=of_step(
        with_pipefail,
        says="run steps by bash with pipefail",
        breaks="stops builds in which a command before a pipe fails today, yes or curl before head",
        risky=True,
    ),
)
def pipeline_without_pipefail(build: Build) -> Iterator[Evidence]:
    """A download that breaks off, or a check that fails before the pipe, stops no build.

    The image ships what came through.
    """
    safe = dict[str, bool]()
    for stage in build.stages:
        is_safe = safe.get(stage.base.lower(), False)
        for each in stage.of("SHELL", "RUN"):
            if each.word == "SHELL":
                is_safe = _is_safe(each)
            elif not is_safe and "pipefail" not in (each.shell or each.text):
                listed = each.commands
                for number, command in enumerate(listed[1:], 2):
                    before = listed[number - 2].program
                    if command.reads_pipe and before not in CERTAIN:
                        yield told(each, number - 1, f"{before} may fail before {command.program}")
                        break
        if stage.name:
            safe[stage.name] = is_safe


def _is_safe(shell: Instruction) -> bool:
    """Whether a SHELL sets pipefail, or is none of Unix."""
    words = shell.words
    program = words[0].replace("\\", "/").rpartition("/")[2].lower() if words else ""
    return "pipefail" in words or program.removesuffix(".exe") in ("powershell", "pwsh", "cmd")
