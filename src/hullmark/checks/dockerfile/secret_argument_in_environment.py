"""Secrets of the build that the image keeps in its environment."""

from collections.abc import Iterator
from re import compile as regex

from hullmark.checks.build_file import Build
from hullmark.checks.build_secrets import is_secretive
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

_names = regex(r"(?<!\\)\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*))").findall


@dockerfile_check(
    id="secret-argument-in-environment",
    title="Secret argument is kept in the environment",
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    bad=(
        "FROM node:22\nARG NPM_TOKEN\nENV NPM_TOKEN=$NPM_TOKEN\nRUN npm ci\n",
        "FROM debian:13.1\nARG API_KEY\nENV KEY ${API_KEY}\n",
    ),
    good=(
        "FROM node:22\nARG VERSION\nENV VERSION=$VERSION\n",
        "FROM node:22\nENV TOKEN=$OTHER\n",
        "FROM a:1\nARG TOKEN_URL\nENV TOKEN_URL=$TOKEN_URL\n",
    ),
    remediation=(
        "Drop the ENV, and give the secret to the container when it runs or to a step with "
        "RUN --mount=type=secret."
    ),
    references=("https://docs.docker.com/build/building/secrets/",),
    left="how the program is to get the secret instead is for people to say",
)
def secret_argument_in_environment(build: Build) -> Iterator[Evidence]:
    """The configuration of the image holds the value in clear text.

    Everybody who can pull the image reads it, and so does every process in the container.
    """
    for stage in build.stages:
        secrets = set[str]()
        for each in stage.of("ARG", "ENV"):
            if each.word == "ARG":
                names = (word.partition("=")[0] for word in each.words)
                secrets.update(name for name in names if is_secretive(name))
                continue
            for name, value in each.pairs:
                used = sorted({found[0] or found[1] for found in _names(value)} & secrets)
                if used:
                    says = f"{short(name)} keeps the argument {short(used[0])}"
                    yield each.tell(says, name[:80])
