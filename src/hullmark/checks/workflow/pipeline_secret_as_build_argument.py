"""Secrets that images keep."""

from collections.abc import Iterator
from re import compile as regex

from hullmark.checks import docker_commands
from hullmark.checks.declare_config import workflow_check
from hullmark.checks.image_facts import short
from hullmark.checks.shell import Command
from hullmark.checks.workflow_examples import hub, hub_steps, lab
from hullmark.checks.workflow_file import GITHUB, GITLAB, Workflow
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

PUSH = (
    "uses: docker/build-push-action@v6\nwith:\n"
    "  build-args: |\n    VERSION=1\n    GIT_AUTH=${{ secrets.GIT }}"
)
_argument = regex(r"--build-arg[= ][^ =]+=\$\{\{ ?secrets\.").search


@workflow_check(
    GITHUB,
    GITLAB,
    id="pipeline-secret-as-build-argument",
    title="Pipeline hands a secret to a build as an argument",
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    bad=(
        hub("docker build --build-arg NPM_TOKEN=${{ secrets.NPM_TOKEN }} -t app:1 ."),
        lab("docker build --build-arg TOKEN=$CI_JOB_TOKEN -t app:1 ."),
        hub_steps(PUSH),
    ),
    good=(
        hub("docker build --secret id=npm,env=NPM_TOKEN --build-arg VERSION=1 -t app:1 ."),
        hub_steps(PUSH.replace("build-args", "secrets")),
    ),
    remediation=(
        "Hand it over with --secret (secrets: of the action), and use it with RUN "
        "--mount=type=secret."
    ),
    references=(
        "https://docs.docker.com/build/building/secrets/",
        "https://docs.docker.com/build/ci/github-actions/secrets/",
    ),
)
def pipeline_secret_as_build_argument(workflow: Workflow) -> Iterator[Evidence]:
    """The history of the image and its provenance show arguments to everybody who pulls it."""
    yield from workflow.every(_handing)
    for step in workflow.steps:
        given = step.inputs.text("build-args")
        if step.action == "docker/build-push-action" and given:
            for number, each in enumerate(given.split("\n"), 1):
                name, _, value = each.strip().partition("=")
                if "secrets." in value or docker_commands.names_secret(name):
                    yield workflow.tell(
                        f"{step.at}.with.build-args[{number}]",
                        f"the build argument {short(name)} is a secret",
                        step.inputs.line_of("build-args"),
                    )


def _handing(command: Command) -> str:
    found = docker_commands.secret_argument(command)
    if not found and docker_commands.action(command)[0] == "build":
        words = " ".join(command.words)
        if _argument(words):
            return "a build argument is a secret of the repository"
    return found
