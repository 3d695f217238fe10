"""Logs that hold every variable."""

from collections.abc import Iterator

from hullmark.checks.declare_config import workflow_check
from hullmark.checks.mending import drop
from hullmark.checks.workflow_file import GITLAB, Workflow
from hullmark.model import Evidence, Severity


@workflow_check(
    GITLAB,
    id="pipeline-debug-trace",
    title="Pipeline writes all its variables to the log",
    severity=Severity.MEDIUM,
    bad=(
        '@.gitlab-ci.yml\nvariables:\n  CI_DEBUG_TRACE: "true"\nbuild:\n  script: make\n',
        "@.gitlab-ci.yml\nbuild:\n  variables: {CI_DEBUG_SERVICES: true}\n  script: make\n",
    ),
    good=('@.gitlab-ci.yml\nvariables:\n  CI_DEBUG_TRACE: "false"\nbuild:\n  script: make\n',),
    remediation="Remove it, delete the logs that were written with it, and change what they show.",
    references=(
        "https://docs.gitlab.com/ci/variables/variables_troubleshooting/#enable-debug-logging",
    ),
    mend=drop(prune=1, says="remove the variable"),
)
def pipeline_debug_trace(workflow: Workflow) -> Iterator[Evidence]:
    """Whoever may read the log has every variable of the job, secrets among them."""
    for at, name, value, line in workflow.variables():
        if name in ("CI_DEBUG_TRACE", "CI_DEBUG_SERVICES") and value == "true":
            yield workflow.tell(at, f"{name} is on", line)
