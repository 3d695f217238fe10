"""Passwords that every process may read."""

from collections.abc import Iterator

from hullmark.checks import command_secrets
from hullmark.checks.declare_config import workflow_check
from hullmark.checks.workflow_examples import hub, lab
from hullmark.checks.workflow_file import GITHUB, GITLAB, Workflow
from hullmark.model import Evidence, Severity


@workflow_check(
    GITHUB,
    GITLAB,
    id="pipeline-password-on-command-line",
    title="Pipeline puts a password on a command line",
    severity=Severity.MEDIUM,
    bad=(
        hub("docker login -u ci -p ${{ secrets.TOKEN }} registry.example"),
        lab("docker login -u $CI_REGISTRY_USER -p $CI_REGISTRY_PASSWORD $CI_REGISTRY"),
    ),
    good=(
        hub('echo "$TOKEN" | docker login -u ci --password-stdin registry.example'),
        lab("docker run -p 80:80 app:1", "mkdir -p a"),
    ),
    remediation="Hand it over by standard input: --password-stdin.",
    references=("https://docs.docker.com/reference/cli/docker/login/",),
)
def pipeline_password_on_command_line(workflow: Workflow) -> Iterator[Evidence]:
    """Arguments are shown to every process of the runner and kept by audit logs and traces."""
    yield from workflow.every(command_secrets.password_given)
