"""Images that nobody can trace to their source."""

from collections.abc import Iterator
from itertools import pairwise

from hullmark.checks import docker_commands
from hullmark.checks.declare_config import workflow_check
from hullmark.checks.mending import by
from hullmark.checks.shell import Command
from hullmark.checks.workflow_examples import hub, hub_steps, lab
from hullmark.checks.workflow_file import GITHUB, GITLAB, Workflow
from hullmark.checks.workflow_mends import unset
from hullmark.model import Evidence, Severity


@workflow_check(
    GITHUB,
    GITLAB,
    id="provenance-disabled",
    title="Build leaves out its provenance",
    severity=Severity.LOW,
    bad=(
        hub_steps("uses: docker/build-push-action@v6\nwith:\n  push: true\n  provenance: false"),
        lab("docker buildx build --provenance=false --push -t app:1 ."),
    ),
    good=(
        hub_steps("uses: docker/build-push-action@v6\nwith:\n  push: true\n  provenance: mode=max"),
        hub("docker buildx build --provenance=false --load -t app:1 ."),
    ),
    remediation="Drop the option, or set mode=max where no secret is among the build arguments.",
    references=("https://docs.docker.com/build/metadata/attestations/slsa-provenance/",),
    mend=by(
        unset,
        says="remove it",
        breaks="pushes an index of manifests, which AWS Lambda and old registries refuse",
        risky=True,
    ),
)
def provenance_disabled(workflow: Workflow) -> Iterator[Evidence]:
    """Nobody can prove from which commit and by which builder the pushed image was made."""
    for step in workflow.steps:
        inputs = step.inputs
        off = inputs.flag("provenance") is False or inputs.text("provenance") == "false"
        if step.action == "docker/build-push-action" and off and inputs.get("push") is not None:
            yield workflow.tell(
                f"{step.at}.with.provenance",
                "the image is pushed without provenance",
                inputs.line_of("provenance"),
            )
    yield from workflow.every(_leaving)


def _leaving(command: Command) -> str:
    does, words = docker_commands.action(command)
    off = "--provenance=false" in words or ("--provenance", "false") in pairwise(words)
    if does == "build" and off and "--push" in words:
        return "the image is pushed without provenance"
    return ""
