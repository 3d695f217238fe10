"""Two programs for downloads where one would do."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.declare_config import dockerfile_check
from hullmark.model import Evidence, Severity


@dockerfile_check(
    id="both-curl-and-wget",
    title="Both curl and wget are used",
    severity=Severity.LOW,
    bad=(
        ("FROM debian:13.1\nRUN wget https://example.com/a\nRUN curl -fO https://example.com/b\n"),
    ),
    good=(
        (
            "FROM debian:13.1\n"
            "RUN curl -fO https://example.com/a && curl -fO https://example.com/b\n"
        ),
        (
            "FROM a:1 AS one\n"
            "RUN wget https://example.com/a\n"
            "FROM b:1\n"
            "RUN curl -fO https://example.com/b\n"
        ),
    ),
    remediation="Use one of them, or ADD --checksum.",
    references=(
        (
            "https://docs.docker.com/build/building/best-practices/#dont-install-unnecessary- "
            "packages"
        ),
    ),
    left="which of the two to keep is for people to say",
)
def both_curl_and_wget(build: Build) -> Iterator[Evidence]:
    """Each is one more program that must be patched, and that an attacker downloads with.

    Each wants its own settings for proxies and certificates, and one is forgotten.
    """
    for stage in build.stages:
        first: tuple[str, int] | None = None
        for each in stage.of("RUN"):
            found = {one.program for one in each.commands} & {"curl", "wget"}
            for program in sorted(found):
                if first is None:
                    first = program, each.line
                elif first[0] != program:
                    yield each.tell(f"{program} is used, and {first[0]} in line {first[1]}")
                    break
            else:
                continue
            break
