"""Builds that leave their sandbox."""

from collections.abc import Iterator
from itertools import pairwise

from hullmark.checks import docker_commands
from hullmark.checks.declare_config import workflow_check
from hullmark.checks.shell import Command
from hullmark.checks.workflow_examples import hub, hub_steps
from hullmark.checks.workflow_file import GITHUB, GITLAB, Workflow
from hullmark.model import Evidence, Severity


@workflow_check(
    GITHUB,
    GITLAB,
    id="pipeline-build-entitlement",
    title="Build is given the host's rights",
    severity=Severity.HIGH,
    bad=(
        hub_steps("uses: docker/build-push-action@v6\nwith:\n  allow: security.insecure"),
        hub("docker buildx build --allow security.insecure -t app:1 ."),
    ),
    good=(
        hub_steps("uses: docker/build-push-action@v6\nwith:\n  push: true"),
        hub("docker buildx build -t app:1 ."),
    ),
    remediation=(
        "Do what needs the right outside of the build, or find out which capability it is."
    ),
    references=("https://docs.docker.com/reference/cli/docker/buildx/build/#allow",),
)
def pipeline_build_entitlement(workflow: Workflow) -> Iterator[Evidence]:
    """Steps of the Dockerfile run with all capabilities, and so does each package they install."""
    for step in workflow.steps:
        given = step.inputs.text("allow")
        if step.action == "docker/build-push-action" and "security.insecure" in given:
            yield workflow.tell(
                f"{step.at}.with.allow",
                "the build may use security.insecure",
                step.inputs.line_of("allow"),
            )
    yield from workflow.every(_allowing)


def _allowing(command: Command) -> str:
    does, words = docker_commands.action(command)
    allowed = ("--allow", "security.insecure") in pairwise(words)
    if does in ("build", "bake") and (allowed or "--allow=security.insecure" in words):
        return "the build may use security.insecure"
    return ""
