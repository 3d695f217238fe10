"""Arguments that are there to hand secrets to the build."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_secrets import secret_arguments
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence


@dockerfile_check(
    id="secret-build-argument-declared",
    title="Build argument is meant for a secret",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    bad=(
        (
            "FROM node:22\n"
            "ARG NPM_TOKEN\n"
            "RUN npm config set //r.example/:_authToken $NPM_TOKEN && npm ci\n"
        ),
        "FROM debian:13.1\nARG VERSION DB_PASSWORD\n",
    ),
    good=(
        ("FROM node:22\nARG VERSION\nRUN --mount=type=secret,id=NPM_TOKEN,env=NPM_TOKEN npm ci\n"),
        "FROM debian:13.1\nARG TOKEN_FILE\n",
    ),
    remediation="Hand it over with RUN --mount=type=secret,id=NAME,env=NAME.",
    references=(
        "https://docs.docker.com/build/building/secrets/",
        "https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/",
    ),
    left="whoever calls the build has to hand the secret over in another way too",
)
def secret_build_argument_declared(build: Build) -> Iterator[Evidence]:
    """Arguments of a build are no secrets.

    The history of the image and its provenance show their values to everybody who can pull it.
    """
    for each, name in secret_arguments(build):
        yield each.tell(f"the build argument {short(name)} is for a secret by its name", name[:80])
