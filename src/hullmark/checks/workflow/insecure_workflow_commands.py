"""Log lines that set variables."""

from collections.abc import Iterator

from hullmark.checks.declare_config import workflow_check
from hullmark.checks.mending import drop
from hullmark.checks.workflow_examples import JOB, hub_steps
from hullmark.checks.workflow_file import GITHUB, Workflow
from hullmark.model import Evidence, Severity


@workflow_check(
    GITHUB,
    id="insecure-workflow-commands",
    title="Workflow allows commands that set variables from its log",
    severity=Severity.HIGH,
    bad=(
        f"on: push\nenv: {{ACTIONS_ALLOW_UNSECURE_COMMANDS: true}}\n{JOB}",
        hub_steps("run: make\nenv: {ACTIONS_ALLOW_UNSECURE_COMMANDS: 'true'}"),
    ),
    good=(f"on: push\nenv: {{ACTIONS_ALLOW_UNSECURE_COMMANDS: false}}\n{JOB}",),
    remediation="Remove the variable, and write to the files $GITHUB_ENV and $GITHUB_PATH.",
    references=(
        "https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands",
    ),
    mend=drop(
        prune=1,
        says="remove the variable",
        breaks="breaks steps that still print such commands",
        risky=True,
    ),
)
def insecure_workflow_commands(workflow: Workflow) -> Iterator[Evidence]:
    """Whoever gets a line into the log sets PATH or any variable of the steps that follow."""
    for at, name, value, line in workflow.variables():
        if name == "ACTIONS_ALLOW_UNSECURE_COMMANDS" and value == "true":
            yield workflow.tell(at, "commands in the log may set variables and PATH", line)
