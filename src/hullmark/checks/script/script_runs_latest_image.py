"""Images that are others next week."""

from collections.abc import Iterator

from hullmark.checks import docker_commands
from hullmark.checks.declare_config import script_check
from hullmark.checks.script_file import Script
from hullmark.model import Evidence, Severity


@script_check(
    id="script-runs-latest-image",
    title="Script takes an image by the tag latest",
    severity=Severity.LOW,
    bad=("#!/bin/sh\ndocker pull registry.example/tool:latest\n", "docker run --rm alpine sh\n"),
    good=(
        "docker run --rm alpine:3.22 sh\n",
        "docker build -t app .\ndocker run --rm app\n",
        'docker pull "$IMAGE"\n',
    ),
    remediation="Name a version, and its digest where nothing but that may run.",
    references=("https://docs.docker.com/build/building/best-practices/#pin-base-image-versions",),
    left="which version is meant is for people to say",
)
def script_runs_latest_image(script: Script) -> Iterator[Evidence]:
    """Nobody can tell what ran, and whoever pushes the tag chooses what runs next."""
    built = docker_commands.built_names(script.commands)
    yield from script.every(lambda each: docker_commands.moving_image(each, built))
