"""Images that are others next week."""

from collections.abc import Iterator

from hullmark.checks import docker_commands
from hullmark.checks.declare_config import workflow_check
from hullmark.checks.image_facts import reference
from hullmark.checks.workflow_examples import hub, hub_steps, lab
from hullmark.checks.workflow_file import GITHUB, GITLAB, Workflow
from hullmark.model import Evidence, Severity


@workflow_check(
    GITHUB,
    GITLAB,
    id="pipeline-runs-latest-image",
    title="Pipeline takes an image by the tag latest",
    severity=Severity.LOW,
    bad=(
        hub("docker run --rm -v $PWD:/src hadolint/hadolint hadolint /src/Dockerfile"),
        lab("docker pull registry.example/tool:latest"),
    ),
    good=(
        hub("docker build -t app .\ndocker run --rm app"),
        lab("docker pull registry.example/tool:1.4", "docker pull $CI_REGISTRY_IMAGE"),
        hub_steps(
            "uses: docker/build-push-action@v6\nwith:\n  tags: app:latest",
            "run: docker run app:latest",
        ),
    ),
    remediation="Name a version, and its digest where nothing but that may run.",
    references=("https://docs.docker.com/build/building/best-practices/#pin-base-image-versions",),
)
def pipeline_runs_latest_image(workflow: Workflow) -> Iterator[Evidence]:
    """Whoever pushes the tag chooses what runs next in the job."""
    commands = [
        command for run in workflow.runs for line in run.script.lines for command in line.commands
    ]
    built = {*docker_commands.built_names(commands)}
    for step in workflow.steps:
        for tag in step.inputs.text("tags").replace(",", "\n").split("\n"):
            built.add(reference(tag)[0])
    yield from workflow.every(lambda each: docker_commands.moving_image(each, built))
