"""Tokens whose rights the repository decides."""

from collections.abc import Iterator

from hullmark.checks.declare_config import workflow_check
from hullmark.checks.image_facts import short
from hullmark.checks.mending import by
from hullmark.checks.workflow_file import GITHUB, Workflow
from hullmark.checks.workflow_mends import reads_contents
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

_GOOD = """\
on: push
permissions: {contents: read}
jobs:
  build:
    steps: [{run: make}]
"""


@workflow_check(
    GITHUB,
    id="workflow-without-permissions",
    title="Workflow does not limit its token",
    severity=Severity.LOW,
    confidence=Confidence.POSSIBLE,
    bad=("on: push\njobs:\n  build:\n    runs-on: ubuntu-24.04\n    steps: [{run: make}]\n",),
    good=(
        _GOOD,
        "on: push\njobs:\n  build:\n    permissions: {}\n    steps: [{run: make}]\n",
        "on: workflow_call\njobs:\n  build:\n    steps: [{run: make}]\n",
    ),
    remediation="Begin with permissions: {contents: read}, and give single jobs more.",
    references=(
        "https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#permissions",
    ),
    mend=by(reads_contents, says="let the token read"),
)
def workflow_without_permissions(workflow: Workflow) -> Iterator[Evidence]:
    """It gets what the repository's settings say, which is everything in many older ones.

    Any action or package that the job runs then pushes code or publishes images.
    """
    if "permissions" in workflow.body or workflow.triggers == {"workflow_call"}:
        return
    lacking = [job.name for job in workflow.jobs if "permissions" not in job.body]
    if lacking:
        yield workflow.tell(
            "permissions",
            f"there are no permissions at the top, nor in the job {short(lacking[0])}",
            workflow.body.line_of("jobs"),
        )
