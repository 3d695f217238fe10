"""Secrets that images keep."""

from collections.abc import Iterator

from hullmark.checks import docker_commands
from hullmark.checks.declare_config import script_check
from hullmark.checks.script_file import Script
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence


@script_check(
    id="script-secret-as-build-argument",
    title="Script hands a secret to a build as an argument",
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    bad=(
        '#!/bin/sh\ndocker build --build-arg NPM_TOKEN="$NPM_TOKEN" -t app:1 .\n',
        "docker buildx build --build-arg=DB_PASSWORD -t app:1 .\n",
    ),
    good=(
        "docker build --build-arg VERSION=1 --secret id=npm,env=NPM_TOKEN -t app:1 .\n",
        "docker build --build-arg TOKEN_FILE=/run/secrets/x .\n",
    ),
    remediation="Hand it over with --secret, and use it with RUN --mount=type=secret.",
    references=("https://docs.docker.com/build/building/secrets/",),
    left="the Dockerfile has to take the secret in another way too",
)
def script_secret_as_build_argument(script: Script) -> Iterator[Evidence]:
    """The history of the image and its provenance show arguments to everybody who pulls it."""
    yield from script.every(docker_commands.secret_argument)
