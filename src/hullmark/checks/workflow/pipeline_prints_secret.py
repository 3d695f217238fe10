"""Secrets in the log of a job."""

from collections.abc import Iterator

from hullmark.checks import command_secrets
from hullmark.checks.declare_config import workflow_check
from hullmark.checks.workflow_examples import hub, hub_steps, lab
from hullmark.checks.workflow_file import GITHUB, GITLAB, Workflow
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence


@workflow_check(
    GITHUB,
    GITLAB,
    id="pipeline-prints-secret",
    title="Pipeline prints a secret",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    bad=(
        hub("echo ${{ secrets.TOKEN }} | base64"),
        lab("echo $CI_JOB_TOKEN", "printf '%s' $DEPLOY_PASSWORD | rev"),
        hub_steps("env:\n  X: ${{ secrets.KEY }}\nrun: echo $X"),
    ),
    good=(
        hub(
            'echo "${{ secrets.KEY }}" > key',
            "echo ${{ secrets.TOKEN }} | docker login --password-stdin",
        ),
        lab("echo $CI_COMMIT_SHA", "echo $CI_JOB_TOKEN | docker login --password-stdin"),
    ),
    remediation=(
        "Remove it; ask for the length, or compare digests, where one must know whether it is set."
    ),
    references=(
        "https://docs.github.com/actions/reference/security/secure-use#use-secrets-for-sensitive-information",
        "https://docs.gitlab.com/ci/variables/#mask-a-cicd-variable",
    ),
)
def pipeline_prints_secret(workflow: Workflow) -> Iterator[Evidence]:
    """Whoever may read the log has it.

    Masks of the platform cover the very text alone, and nothing that was encoded, cut or turned.
    """
    for run in workflow.runs:
        for at, line in run.lines():
            found = command_secrets.printed(line.commands, run.secrets)
            for number, says in enumerate(found, 1):
                yield workflow.tell(f"{at} output {number}", says, line.number)
