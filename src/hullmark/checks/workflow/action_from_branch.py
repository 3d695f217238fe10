"""Actions that change with every push."""

from collections.abc import Iterator

from hullmark.checks.declare_config import workflow_check
from hullmark.checks.image_facts import short
from hullmark.checks.workflow_examples import COMMIT, hub_steps
from hullmark.checks.workflow_file import GITHUB, Workflow
from hullmark.checks.workflow_uses import is_branch, uses
from hullmark.model import Evidence, Severity


@workflow_check(
    GITHUB,
    id="action-from-branch",
    title="Action is taken from a branch",
    severity=Severity.MEDIUM,
    bad=(
        hub_steps("uses: aquasecurity/trivy-action@master"),
        hub_steps("uses: actions/checkout@main"),
    ),
    good=(hub_steps(f"uses: aquasecurity/trivy-action@{COMMIT}", "uses: actions/checkout@v4"),),
    remediation=(
        "Write the whole commit after the @, with the version in a comment, and let a bot raise it."
    ),
    references=(
        "https://docs.github.com/actions/reference/security/secure-use#using-third-party-actions",
    ),
    left="which version is for people to say",
)
def action_from_branch(workflow: Workflow) -> Iterator[Evidence]:
    """Every push to it runs here next, unseen, with the secrets and the token of the job."""
    for each in uses(workflow):
        if is_branch(each.version):
            yield workflow.tell(
                each.at, f"{short(each.name)} is taken from the branch {each.version}", each.line
            )
