"""Tokens that may do everything."""

from collections.abc import Iterator

from hullmark.checks.declare_config import workflow_check
from hullmark.checks.mending import by
from hullmark.checks.workflow_file import GITHUB, Workflow
from hullmark.checks.workflow_mends import reads_contents
from hullmark.model import Evidence, Severity

_BAD_1 = """\
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    permissions: write-all
    steps: [{run: make}]
"""


@workflow_check(
    GITHUB,
    id="workflow-write-all",
    title="Workflow's token may write everything",
    severity=Severity.MEDIUM,
    bad=("on: push\npermissions: write-all\njobs: {}\n", _BAD_1),
    good=(
        "on: push\npermissions: read-all\njobs: {}\n",
        "on: push\npermissions: {contents: read, packages: write}\njobs: {}\n",
    ),
    remediation="List what the job needs: permissions: {contents: read, packages: write}.",
    references=(
        "https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#permissions",
    ),
    mend=by(reads_contents, says="let the token read"),
)
def workflow_write_all(workflow: Workflow) -> Iterator[Evidence]:
    """Whatever runs in the job may push code, publish packages and change releases."""
    owners = [("", workflow.body), *((f"{job.at}.", job.body) for job in workflow.jobs)]
    for at, body in owners:
        if body.text("permissions") == "write-all":
            yield workflow.tell(
                f"{at}permissions", "the token may write everything", body.line_of("permissions")
            )
