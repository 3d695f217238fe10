"""Secrets that a step writes into a file of its layer."""

from collections.abc import Iterator
from re import compile as regex
from re import escape as literally

from hullmark.checks.build_file import Build
from hullmark.checks.build_secrets import is_secretive
from hullmark.checks.build_sources import mounts
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.image_facts import short
from hullmark.checks.shell import commands
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

MAX_ARGUMENTS = 200
"""Ours, of one stage that are looked at."""


@dockerfile_check(
    id="secret-argument-written",
    title="Secret argument is written to a file",
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    bad=(
        (
            "FROM node:22\n"
            "ARG NPM_TOKEN\n"
            'RUN echo "//r.example/:_authToken=${NPM_TOKEN}" > /root/.npmrc && npm ci\n'
        ),
        (
            "FROM debian:13.1\n"
            "ARG SSH_PRIVATE_KEY\n"
            "RUN printf '%s' \"$SSH_PRIVATE_KEY\" | tee /root/.ssh/id_rsa\n"
        ),
        (
            "FROM node:22\n"
            'RUN --mount=type=secret,id=npm,env=NPM echo "//r.example/:_auth=$NPM" > /root/.npmrc\n'
        ),
    ),
    good=(
        "FROM node:22\nARG VERSION\nRUN echo $VERSION > /version\n",
        'FROM node:22\nARG NPM_TOKEN\nRUN echo "${NPM_TOKEN:+token given}" && npm ci\n',
    ),
    remediation=("Hand it over with RUN --mount=type=secret, which leaves nothing in the layer."),
    references=("https://docs.docker.com/build/building/secrets/",),
    left="how the program is to get the secret instead is for people to say",
)
def secret_argument_written(build: Build) -> Iterator[Evidence]:
    """The layer keeps the file, also where a later step removes it.

    Everybody who can pull the image reads the secret.
    """
    for stage in build.stages:
        secrets = [word.partition("=")[0] for each in stage.of("ARG") for word in each.words]
        names = "|".join(map(literally, filter(is_secretive, secrets[:MAX_ARGUMENTS])))
        for each in stage.of("RUN"):
            given = [mount["env"] for mount in mounts(each) if mount.get("env")]
            of_run = "|".join((*filter(None, (names,)), *map(literally, given)))
            uses = regex(rf"(?<!\\)\$(?:\{{)?({of_run})(?![\w:+#%/])").search
            found = uses(each.shell) if of_run else None
            if found and _writes(each.shell):
                says = f"what {short(found[1])} holds is written to a file"
                yield each.tell(says, found[1][:80])


def _writes(shell: str) -> bool:
    """Whether what is printed ends in a file: by a redirection, or by tee."""
    return any(
        any(word.startswith((">", "1>")) and "/dev/" not in word for word in command.words)
        if command.program in ("echo", "printf", "cat")
        else command.program == "tee" and command.reads_pipe
        for command in commands(shell)
    )
