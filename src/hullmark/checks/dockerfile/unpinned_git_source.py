"""Sources from Git in whatever state they are."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build, Instruction
from hullmark.checks.build_sources import REMOTE, bare, sources
from hullmark.checks.build_steps import option, steps, told
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity

BRANCHES = ("main", "master", "develop", "dev", "trunk", "HEAD")
"""Branches that move by their nature."""


@dockerfile_check(
    id="unpinned-git-source",
    title="Source from Git is not fixed to a commit or tag",
    severity=Severity.LOW,
    bad=(
        ("FROM debian:13.1\nRUN git clone --depth 1 https://example.com/a.git /a && make -C /a\n"),
        "FROM debian:13.1\nADD https://example.com/a.git /a\n",
        "FROM debian:13.1\nRUN git clone -b main git@example.com:a/b\n",
    ),
    good=(
        ("FROM debian:13.1\nRUN git clone --branch v1.2.3 https://example.com/a.git /a\n"),
        (
            "FROM debian:13.1\n"
            "RUN git clone https://example.com/a /a && cd /a && git checkout 0011aabb\n"
            "ADD https://example.com/a.git#v1.2.3 /a\n"
        ),
        (
            "FROM debian:13.1\n"
            "RUN git clone $URL && git -c advice.detachedHead=false clone -b $TAG https://example.com/a\n"
        ),
        ("FROM a:1\nRUN git clone https://example.com/a /a\nRUN git -C /a reset --hard 0011aabb\n"),
    ),
    remediation="Check out a commit: git checkout 0123abc, for ADD .git#0123abc.",
    references=("https://docs.docker.com/build/concepts/context/#git-repositories",),
    left="which commit is meant is for people to say",
)
def unpinned_git_source(build: Build) -> Iterator[Evidence]:
    """Two builds of one file give two images.

    A version that breaks the program, or that somebody tampered with, is in the next build before
    anybody has looked at it.
    """
    for each, source in _added(build):
        if ".git#" not in source:
            yield each.tell(f"ADD takes {short(bare(source))} without a commit", source[:80])
    settled = any(
        command.program == "git" and command.has("checkout", "switch", "reset")
        for _, _, command in steps(build)
    )
    for each, number, command in steps(build):
        if command.program != "git" or not command.has("clone") or settled:
            continue
        branch = option(command, "-b", "--branch")
        addresses = [word for word in command.words if word.startswith(REMOTE)]
        if addresses and (not branch or branch in BRANCHES):
            said = f"the branch {branch}" if branch else "the main branch"
            yield told(each, number, f"git clone takes {said} of {short(bare(addresses[0]))}")


def _added(build: Build) -> Iterator[tuple[Instruction, str]]:
    """Repositories that ADD clones, with their addresses."""
    for each in build.every("ADD"):
        for source in sources(each)[0]:
            if source.startswith(REMOTE) and (source.endswith(".git") or ".git#" in source):
                yield each, source
