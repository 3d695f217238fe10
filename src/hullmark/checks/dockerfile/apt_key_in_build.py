"""Keys that may sign the packages of every repository."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_steps import steps, told
from hullmark.checks.declare_config import dockerfile_check
from hullmark.model import Evidence, Severity


@dockerfile_check(
    id="apt-key-in-build",
    title="apt-key trusts a key for all repositories",
    severity=Severity.LOW,
    bad=(
        ("FROM debian:12.11\nRUN curl -fsS https://example.com/key.gpg | apt-key add -\n"),
        (
            "FROM debian:12.11\n"
            "RUN apt-key adv --keyserver hkps://keys.example.com --recv-keys 0011\n"
        ),
    ),
    good=(
        (
            "FROM debian:13.1\n"
            "COPY a.asc /etc/apt/keyrings/a.asc\n"
            "RUN echo 'deb [signed-by=/etc/apt/keyrings/a.asc] https://example.com/a b c' > /c\n"
        ),
        "FROM debian:12.11\nRUN apt-key list\n",
    ),
    remediation=(
        "Put the key into /etc/apt/keyrings, and name it with signed-by in the entry of its "
        "repository."
    ),
    references=("https://manpages.debian.org/bookworm/apt/apt-key.8.en.html",),
    left="which repositories the key is for is not told in one place",
)
def apt_key_in_build(build: Build) -> Iterator[Evidence]:
    """Whoever holds the key of that one repository may sign any package of the distribution.

    New releases have no apt-key any more, and the build breaks.
    """
    for each, number, command in steps(build):
        if command.program == "apt-key" and (
            command.has("add", "adv") or command.has("--recv-keys")
        ):
            yield told(
                each, number, f"apt-key {command.action or 'adv'} trusts a key for every repository"
            )
