"""Actions that their owners may change."""

from collections.abc import Iterator

from hullmark.checks.declare_config import workflow_check
from hullmark.checks.image_facts import short
from hullmark.checks.workflow_examples import COMMIT, hub_steps
from hullmark.checks.workflow_file import GITHUB, Workflow
from hullmark.checks.workflow_uses import OWN, is_branch, is_commit, uses
from hullmark.model import Evidence, Severity


@workflow_check(
    GITHUB,
    id="action-not-pinned",
    title="Action is not pinned to a commit",
    severity=Severity.MEDIUM,
    bad=(
        hub_steps("uses: docker/build-push-action@v6"),
        "on: push\njobs:\n  call:\n    uses: example/flows/.github/workflows/x.yml@v1\n",
    ),
    good=(
        hub_steps(f"uses: docker/build-push-action@{COMMIT} # v6.1.0", "uses: actions/checkout@v4"),
        hub_steps("uses: ./.github/actions/own", "uses: docker://alpine:3.22", "run: make"),
    ),
    remediation=(
        "Write the whole commit after the @, with the version in a comment, and let a bot raise it."
    ),
    references=(
        "https://docs.github.com/actions/reference/security/secure-use#using-third-party-actions",
    ),
    left="which digest is for people to say",
)
def action_not_pinned(workflow: Workflow) -> Iterator[Evidence]:
    """Whoever takes over its repository moves the tag, and reads every secret of the job.

    Actions of GitHub itself are left out: it runs the job anyway.
    """
    for each in uses(workflow):
        version = each.version
        known = not version or is_commit(version) or is_branch(version)
        if not known and each.owner not in OWN:
            yield workflow.tell(
                each.at, f"{short(each.name)} is pinned to {short(version)} alone", each.line
            )
