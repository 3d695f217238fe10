"""Go programs in whatever version there is."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_steps import installed, named, steps, told
from hullmark.checks.declare_config import dockerfile_check
from hullmark.model import Evidence, Severity
from hullmark.model.later import regex

WITH_VALUES = ("-ldflags", "-tags", "-gcflags", "-asmflags", "-mod", "-o", "-C", "-p")

_is_remote = regex(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+/[^@$]+\Z").match


@dockerfile_check(
    id="unpinned-go-program",
    title="Version of a Go program is not pinned",
    severity=Severity.LOW,
    bad=(
        "FROM golang:1.25\nRUN go install example.com/tool\n",
        "FROM golang:1.25\nRUN go get -u example.com/tool/...\n",
    ),
    good=(
        (
            "FROM golang:1.25\n"
            "RUN go install example.com/tool@v1.2.3 && go install ./cmd/app && go get\n"
        ),
        (
            "FROM golang:1.25\n"
            "RUN go install -ldflags '-s -w' ./... && go install example.com/tool@latest\n"
        ),
    ),
    remediation="Write the version: go install example.com/tool@v1.2.3.",
    references=("https://go.dev/ref/mod#go-install",),
    left="which version is meant is for people to say",
)
def unpinned_go_program(build: Build) -> Iterator[Evidence]:
    """Two builds of one file give two images.

    A version that breaks the program, or that somebody tampered with, is in the next build before
    anybody has looked at it.
    """
    for each, number, command in steps(build):
        packages = (
            installed(command, ("install", "get"), WITH_VALUES) if command.program == "go" else []
        )
        loose = [one for one in packages if _is_remote(one)]
        if loose:
            yield told(each, number, f"{named(loose)} without a version")
